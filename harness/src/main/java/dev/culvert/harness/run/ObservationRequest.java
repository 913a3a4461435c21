package dev.culvert.harness.run;

import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.lab.KernelChoice;
import dev.culvert.topologies.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be observed, and how.
 *
 * @param topologies in the order in which they are taken up
 * @param lab where the servers run
 * @param kernel the kernel under test; of no account for the docker lab, which has its engine's
 * @param configurator what the servers are configured by
 * @param workers how many labs at most work side by side
 * @param measuring how many where throughput is measured; where these are fewer, it is measured after all else
 * @param throughput the topologies of which throughput is measured as well
 * @param evidence the directory in which each topology gets one of its name
 */
public record ObservationRequest(
        List<Topology> topologies,
        LabKind lab,
        KernelChoice kernel,
        ConfiguredBy configurator,
        int workers,
        int measuring,
        Predicate<Topology> throughput,
        Path evidence) {

    public ObservationRequest {
        topologies = List.copyOf(topologies);
    }

    /** What is observed at the same time; one round after the other. */
    List<Round> rounds() {
        if (workers == measuring) {
            return List.of(new Round(topologies, workers));
        }
        Map<Boolean, List<Topology>> areMeasured = topologies.stream().collect(Collectors.partitioningBy(throughput));
        return Stream.of(
                        new Round(areMeasured.getOrDefault(false, List.of()), workers),
                        new Round(areMeasured.getOrDefault(true, List.of()), measuring))
                .filter(round -> !round.topologies().isEmpty())
                .toList();
    }

    /** The names of the topologies that are observed while throughput is measured, theirs or that of one beside them. */
    public Set<String> besideMeasurements() {
        return rounds().stream()
                .filter(round -> round.topologies().stream().anyMatch(throughput))
                .flatMap(round -> round.topologies().stream())
                .map(Topology::name)
                .collect(Collectors.toSet());
    }
}
