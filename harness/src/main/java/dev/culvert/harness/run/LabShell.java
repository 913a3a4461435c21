package dev.culvert.harness.run;

import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.lab.KernelChoice;
import dev.culvert.harness.lab.Lab;
import dev.culvert.harness.lab.LabCache;
import dev.culvert.harness.lab.LabException;
import dev.culvert.harness.lab.Progress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.io.IOException;
import java.util.List;

/** A lab of its own for a person: configured as a topology says, with a shell in it. */
public final class LabShell {

    private final LabSupply supply;
    private final ConfiguredBy configurator;

    private LabShell(LabSupply supply, ConfiguredBy configurator) {
        this.supply = supply;
        this.configurator = configurator;
    }

    /** A shell in labs of that kind. Builds what the cache lacks, which takes minutes the first time. */
    public static LabShell in(
            LabKind lab, KernelChoice kernel, ConfiguredBy configurator, LabCache cache, Progress progress)
            throws LabException, InterruptedException {
        return new LabShell(LabSupply.of(lab, kernel, 1, cache, cache.root().resolve("logs"), progress), configurator);
    }

    /**
     * Opens a lab and connects a shell with the standard streams of this process.
     *
     * @param terminal whether these are a terminal; otherwise the shell reads its commands from standard input
     * @return the exit status of the shell
     */
    public int run(Topology topology, Place place, boolean terminal)
            throws LabException, IOException, InterruptedException {
        try (Lab lab = supply.open()) {
            lab.go();
            lab.awaitEngine();
            return WorkerProcess.jvm(
                            lab,
                            supply.lease(),
                            "OFF",
                            ShellProgram.class,
                            List.of(configurator.id(), topology.source(), place.id(), String.valueOf(terminal)))
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }
}
