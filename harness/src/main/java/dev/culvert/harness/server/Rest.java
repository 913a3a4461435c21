package dev.culvert.harness.server;

import dev.culvert.harness.evidence.Counters;
import dev.culvert.topologies.Place;
import java.util.Collection;
import java.util.Map;

/**
 * A time in which no packet passed any link of some places, by their packet counters.
 *
 * @param sinceNanos its begin, in nanoseconds since the epoch; the servers of a lab have one clock
 * @param untilNanos its end
 * @param counters all counters of the places, read within it; empty where they were not asked for
 */
public record Rest(long sinceNanos, long untilNanos, Map<Place, Counters> counters) {

    /** For how long some rests have been at the same time, in nanoseconds; not positive if they have not. */
    public static long together(Collection<Rest> rests) {
        long since = rests.stream().mapToLong(Rest::sinceNanos).max().orElse(0);
        long until = rests.stream().mapToLong(Rest::untilNanos).min().orElse(0);
        return until - since;
    }
}
