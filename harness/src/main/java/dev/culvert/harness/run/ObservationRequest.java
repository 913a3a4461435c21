package dev.culvert.harness.run;

import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.lab.KernelChoice;
import dev.culvert.topologies.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is to be observed, and how.
 *
 * @param topologies in the order in which they are taken up
 * @param lab where the servers run
 * @param kernel the kernel under test; of no account for the docker lab, which has its engine's
 * @param configurator what the servers are configured by
 * @param workers how many labs at most work side by side
 * @param throughput the topologies of which throughput is measured as well
 * @param evidence the directory in which each topology gets one of its name
 */
public record ObservationRequest(
        List<Topology> topologies,
        LabKind lab,
        KernelChoice kernel,
        ConfiguredBy configurator,
        int workers,
        Predicate<Topology> throughput,
        Path evidence) {

    public ObservationRequest {
        topologies = List.copyOf(topologies);
    }

    /** How many labs there are at the same time. */
    int labs() {
        return Math.min(workers, topologies.size());
    }
}
