package dev.culvert.harness.run;

import dev.culvert.harness.evidence.EarlierLoss;
import dev.culvert.topologies.Topology;
import org.jspecify.annotations.Nullable;

/**
 * A topology that waits for a lab.
 *
 * @param earlierLoss what became of its first observation, or null while there was none
 */
record Pending(Topology topology, @Nullable EarlierLoss earlierLoss) {

    /** A topology that was not observed yet. */
    static Pending first(Topology topology) {
        return new Pending(topology, null);
    }
}
