package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CaptureCount;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What tcpdump says of a capture, on SIGUSR1 in one line and at its end in three (info() in tcpdump.c). */
record CaptureStatistics(long captured, long received, long dropped) {

    /** The last words of a statistic. */
    static final String END = "dropped by kernel";

    private static final Pattern FORM = Pattern.compile(
            "(\\d+) packets? captured,?\\s+(\\d+) packets? received by filter,?\\s+(\\d+) packets? dropped by kernel");

    /** The last statistic in a text. */
    static Optional<CaptureStatistics> last(String text) {
        return FORM.matcher(text).results().reduce((earlier, later) -> later).map(CaptureStatistics::of);
    }

    private static CaptureStatistics of(MatchResult found) {
        return new CaptureStatistics(
                Long.parseLong(found.group(1)), Long.parseLong(found.group(2)), Long.parseLong(found.group(3)));
    }

    /** Whether all that the kernel holds has been read. What it drops it counts as received, too (packet_getsockopt in af_packet.c). */
    boolean written() {
        return captured >= received - dropped;
    }

    /** The count for the evidence, in which packets that nobody read are dropped ones. */
    CaptureCount count() {
        return new CaptureCount(captured, received, Math.max(dropped, received - captured));
    }
}
