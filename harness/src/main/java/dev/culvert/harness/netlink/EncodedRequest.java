package dev.culvert.harness.netlink;

import dev.culvert.harness.packet.Bytes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A request as it goes to the kernel.
 *
 * @param bytes from the first byte of {@code struct nlmsghdr} to the last of the last attribute
 * @param spans where each attribute lies, nested ones too
 */
record EncodedRequest(Bytes bytes, List<Span> spans) {

    /**
     * Where an attribute lies.
     *
     * @param from its first byte, counted from the start of the message
     * @param to the byte behind its last
     * @param path its name, behind the names of those it lies in
     */
    record Span(int from, int to, String path) {

        Span movedBy(int bytes) {
            return new Span(from + bytes, to + bytes, path);
        }

        private boolean holds(int offset) {
            return from <= offset && offset < to;
        }
    }

    EncodedRequest {
        spans = List.copyOf(spans);
    }

    /** The path of the innermost attribute that holds a byte, as the kernel counts offsets in {@code NLMSGERR_ATTR_OFFS}. */
    Optional<String> attributeAt(int offset) {
        return spans.stream()
                .filter(span -> span.holds(offset))
                .max(Comparator.comparingInt(Span::from))
                .map(Span::path);
    }
}
