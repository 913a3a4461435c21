package dev.culvert.ci;

import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.netlink.PlanMessages;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import dev.culvert.topologies.plan.PlanJson;
import dev.culvert.topologies.plan.PlanText;
import dev.culvert.topologies.plan.Repro;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what each server will be told, without a lab. */
@Command(
        name = "plan",
        description = "Prints what each server will be told, without a lab.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "TOPOLOGY", description = "The name of a bundled topology, or a topology file.")
    String name;

    @Option(names = "--repro", description = "Write a stand-alone script that sets the same up on network namespaces.")
    boolean repro;

    @Option(
            names = {"-o", "--out"},
            defaultValue = "repro.sh",
            paramLabel = "FILE",
            description = "What the script is called (default: ${DEFAULT-VALUE}).")
    Path out;

    @Mixin
    ConfiguratorOption configuratorOption;

    @Option(names = "--json", description = "As JSON, for programs.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        Topology topology = new TopologyArguments(spec).resolve(name);
        Plan plan = Plan.of(topology, Offloads.OFF);
        boolean messages = configuratorOption.by == ConfiguredBy.NETLINK;
        if (repro && messages) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--repro writes the commands of iproute2, which need nothing of Culvert; leave out --configurator netlink");
        }
        if (repro) {
            Files.writeString(out, Repro.script(topology));
            Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxr-xr-x"));
            spec.commandLine().getErr().println("written: " + out + "; run it as root");
        } else {
            spec.commandLine().getOut().print(messages ? byNetlink(topology, plan) : byCommands(topology, plan));
        }
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private String byCommands(Topology topology, Plan plan) {
        return json ? PlanJson.of(topology, plan) + "\n" : PlanText.of(topology, plan);
    }

    private String byNetlink(Topology topology, Plan plan) {
        Plan messages = PlanMessages.of(plan);
        return json
                ? PlanJson.of(topology, messages, PlanMessages::words) + "\n"
                : PlanText.of(topology, messages, PlanMessages::words, word -> word);
    }
}
