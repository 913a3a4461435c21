package dev.culvert.harness.stimulus;

import dev.culvert.topologies.Topology;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One thing done to a topology, in a window of time of its own. It only acts; it never judges.
 *
 * @param id unique name by which requirements find it in the evidence
 * @param purpose one sentence: what it provokes
 * @param appliesTo the topologies that it can be done to
 * @param action what is done
 */
public record Stimulus(String id, String purpose, Predicate<Topology> appliesTo, Consumer<Stage> action) {

    /** A stimulus for every topology. */
    public static Stimulus of(String id, String purpose, Consumer<Stage> action) {
        return new Stimulus(id, purpose, topology -> true, action);
    }

    /** The same stimulus, only for some topologies. */
    public Stimulus onlyFor(Predicate<Topology> topologies) {
        return new Stimulus(id, purpose, appliesTo.and(topologies), action);
    }
}
