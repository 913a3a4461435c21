package dev.culvert.conformance;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.LinkType;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at and was not what the source demands.
 *
 * @param outcome FAIL, or DEVIATES where Linux is known to do so
 * @param what the field or fact, in the source's words: {@code outer ttl}
 * @param source for a deviation, where the kernel's behaviour is documented
 * @param excerpt the packet that shows it, or null for a fact that is not in a packet
 */
public record Finding(
        Outcome outcome,
        String what,
        String expected,
        String actual,
        @Nullable String source,
        @Nullable Excerpt excerpt) {

    /**
     * A packet of the evidence and the bytes of it that matter.
     *
     * @param index the packet's number in the capture, from 0
     * @param offset first marked byte, from the start of the captured frame
     * @param length how many bytes are marked
     */
    public record Excerpt(CapturePoint point, long index, LinkType linkType, Bytes bytes, int offset, int length) {}

    /** The one line that a person reads first. */
    public String line() {
        return what + ": expected " + expected + ", actual " + actual;
    }
}
