package dev.culvert.ci;

import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TopologyException;
import dev.culvert.topologies.file.Topologies;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Resolves what a person names as topologies. */
record TopologyArguments(CommandSpec spec) {

    /** The topologies of those names and files, or all bundled ones; every error of every file is reported at once. */
    List<Topology> resolve(List<String> names, List<String> kinds) {
        List<Topology> topologies = names.isEmpty() ? Topologies.bundled() : named(names);
        List<Topology> selected = topologies.stream()
                .filter(t -> kinds.isEmpty() || kinds.contains(t.kind().name()))
                .toList();
        if (selected.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "no topology is of kind \"" + String.join("\", \"", kinds) + "\"");
        }
        return selected;
    }

    /** The topology of one name or file. */
    Topology resolve(String name) {
        return named(List.of(name)).get(0);
    }

    private List<Topology> named(List<String> names) {
        List<Topology> topologies = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            try {
                topologies.add(Topologies.named(name));
            } catch (TopologyException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new UnusableTopologies(String.join(System.lineSeparator(), problems));
        }
        Set<String> seen = new HashSet<>();
        for (Topology topology : topologies) {
            if (!seen.add(topology.name())) {
                throw new ParameterException(
                        spec.commandLine(),
                        "two topologies are called \"" + topology.name() + "\"; their evidence would mix");
            }
        }
        return topologies;
    }
}
