package dev.culvert.harness.netlink;

import dev.culvert.harness.packet.Bytes;
import java.util.List;

/** Carries messages to the kernel of a network namespace, and its answers back. */
public interface Relay {

    /**
     * Hands datagrams to the kernel in their order, each when the one before has been answered in full, and stops behind the first that
     * was refused.
     *
     * @param datagrams one or several messages each
     */
    Exchange exchange(List<Bytes> datagrams);

    /**
     * What came of it.
     *
     * @param atNanos when it began, by the server's clock, in nanoseconds since the epoch
     * @param durationNanos how long it took there
     * @param answers what the kernel answered, one for each datagram that was handed to it
     */
    record Exchange(long atNanos, long durationNanos, List<Bytes> answers) {

        public Exchange {
            answers = List.copyOf(answers);
        }
    }
}
