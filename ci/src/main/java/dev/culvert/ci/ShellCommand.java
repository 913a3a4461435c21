package dev.culvert.ci;

import dev.culvert.harness.lab.LabCache;
import dev.culvert.harness.run.LabShell;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a shell in a server. */
@Command(
        name = "shell",
        description =
                "A shell in a server of a forked lab, configured as the topology says. Commands may also be piped in; the exit "
                        + "status is the shell's.",
        mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "a|b|router|h|j", description = "The server, or the LAN host behind A or B.")
    String place;

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = "ipip",
            paramLabel = "TOPOLOGY",
            description = "The name of a bundled topology, or a topology file (default: ${DEFAULT-VALUE}).")
    String name;

    @Mixin
    LabOptions labOptions;

    @Mixin
    KernelOptions kernelOptions;

    @Mixin
    ConfiguratorOption configuratorOption;

    @Override
    public Integer call() throws Exception {
        Topology topology = new TopologyArguments(spec).resolve(name);
        Place wanted = placeIn(topology);
        LabShell shell;
        try (ConsoleProgress progress = ConsoleProgress.on(spec.commandLine())) {
            shell = LabShell.in(
                    labOptions.lab,
                    kernelOptions.choice(),
                    configuratorOption.by,
                    LabCache.ofUser(System.getenv()),
                    progress::preparing);
        }
        return shell.run(topology, wanted, StandardStream.INPUT.isTerminal() && StandardStream.OUTPUT.isTerminal());
    }

    private Place placeIn(Topology topology) {
        List<Place> places = topology.places();
        return places.stream()
                .filter(p -> p.id().equals(place))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "topology " + topology.name() + " has no place \"" + place + "\"; it has "
                                + places.stream().map(Place::id).collect(Collectors.joining(", "))));
    }
}
