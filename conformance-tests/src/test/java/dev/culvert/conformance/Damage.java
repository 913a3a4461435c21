package dev.culvert.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.Counters;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.evidence.StimulusRecord;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Ways to damage recorded evidence in one respect. Each fails when it finds nothing to damage. */
final class Damage {

    private Damage() {}

    /** Rewrites the bytes of the packets of a stimulus at a point that match.  */
    static Evidence rewrite(
            Evidence good, String stimulus, CapturePoint point, Predicate<Seen> which, UnaryOperator<Bytes> change) {
        Set<Long> indexes = matching(good, stimulus, point, which);
        return good.withCapture(
                point,
                capture -> capture.withPackets(capture.packets().stream()
                        .map(p -> indexes.contains(p.index()) ? p.withBytes(change.apply(p.bytes())) : p)
                        .toList()));
    }

    /** Removes the packets of a stimulus at a point that match. */
    static Evidence remove(Evidence good, String stimulus, CapturePoint point, Predicate<Seen> which) {
        Set<Long> indexes = matching(good, stimulus, point, which);
        return good.withCapture(
                point,
                capture -> capture.withPackets(capture.packets().stream()
                        .filter(p -> !indexes.contains(p.index()))
                        .toList()));
    }

    /** Adds a packet at a point at the end of a stimulus, as if the kernel had sent it. */
    static Evidence add(Evidence good, String stimulus, CapturePoint point, LinkType linkType, Bytes bytes) {
        StimulusRecord record = good.during(stimulus).stimulus();
        return good.withCapture(point, capture -> {
            List<CapturedPacket> packets = new ArrayList<>(capture.packets());
            packets.add(new CapturedPacket(packets.size(), record.untilNanos(), bytes, bytes.length(), linkType));
            return capture.withPackets(packets);
        });
    }

    /** Makes a counter read {@code by} more after the stimulus than it did; a negative number takes a movement away. */
    static Evidence counter(Evidence good, String stimulus, Place place, String counter, long by) {
        return good.withStimulus(stimulus, s -> {
            Map<Place, Counters> after = new HashMap<>(s.after());
            after.computeIfPresent(place, (p, c) -> c.with(counter, c.get(counter) + by));
            assertThat(after).containsKey(place);
            return new StimulusRecord(
                    s.id(),
                    s.purpose(),
                    s.options(),
                    s.fromNanos(),
                    s.untilNanos(),
                    s.sent(),
                    s.before(),
                    after,
                    s.answers());
        });
    }

    /** Makes a command that a stimulus ran have ended with another status and said something else. */
    static Evidence answer(Evidence good, String stimulus, String answer, int exit, UnaryOperator<String> stdout) {
        CommandRecord said = good.during(stimulus).answer(answer);
        CommandRecord changed = new CommandRecord(
                said.place(),
                said.argv(),
                exit,
                said.timedOut(),
                stdout.apply(said.stdout()),
                said.stderr(),
                said.atNanos(),
                said.durationNanos());
        assertThat(changed).as("the damaged answer \"%s\"", answer).isNotEqualTo(said);
        return good.withStimulus(stimulus, s -> {
            Map<String, CommandRecord> answers = new HashMap<>(s.answers());
            answers.put(answer, changed);
            return new StimulusRecord(
                    s.id(),
                    s.purpose(),
                    s.options(),
                    s.fromNanos(),
                    s.untilNanos(),
                    s.sent(),
                    s.before(),
                    s.after(),
                    answers);
        });
    }

    private static Set<Long> matching(Evidence good, String stimulus, CapturePoint point, Predicate<Seen> which) {
        Set<Long> indexes = good.during(stimulus).at(point).stream()
                .filter(which)
                .map(seen -> seen.packet().index())
                .collect(Collectors.toSet());
        assertThat(indexes)
                .as("packets to damage at %s during \"%s\"", point, stimulus)
                .isNotEmpty();
        return indexes;
    }
}
