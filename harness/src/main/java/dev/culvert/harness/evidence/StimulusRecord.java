package dev.culvert.harness.evidence;

import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Map;

/**
 * One stimulus as it was carried out: what was sent, in which window of time, and what the counters said on either side of it.
 * Windows of different stimuli never overlap, so a captured packet belongs to the one whose window holds its time stamp.
 *
 * @param options the tunnel options in force on server A meanwhile, by the kind's option names
 * @param fromNanos start of the window, nanoseconds since the epoch by the servers' clock
 * @param untilNanos end of the window: the servers had been quiet by then
 * @param answers commands run within the stimulus, by the name that the stimulus gives them
 */
public record StimulusRecord(
        String id,
        String purpose,
        Map<String, String> options,
        long fromNanos,
        long untilNanos,
        List<Sent> sent,
        Map<Place, Counters> before,
        Map<Place, Counters> after,
        Map<String, CommandRecord> answers) {

    public StimulusRecord {
        options = Map.copyOf(options);
        sent = List.copyOf(sent);
        before = Map.copyOf(before);
        after = Map.copyOf(after);
        answers = Map.copyOf(answers);
    }

    /** A copy with other readings of the counters. */
    public StimulusRecord withCounters(Map<Place, Counters> otherBefore, Map<Place, Counters> otherAfter) {
        return new StimulusRecord(id, purpose, options, fromNanos, untilNanos, sent, otherBefore, otherAfter, answers);
    }
}
