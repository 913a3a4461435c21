package dev.culvert.harness.capture;

import dev.culvert.harness.packet.ByteRange;

/** One way in which a packet's framing can be wrong. A packet is reported with the first that applies. */
public enum FramingFault {
    KEPT_TOO_LITTLE(false, 0, 20, "the capture kept too little of it to judge the framing"),
    OUTER_VERSION_IHL(false, 0, 1, "the outer version and ihl are not 4 and 5"),
    OUTER_CHECKSUM(false, 10, 2, "the outer header checksum is wrong"),
    LENGTH_ON_LINK(false, 2, 2, "the outer total length is not the packet's length on the link"),
    ENDPOINTS(false, 12, 8, "the outer source and destination are not the tunnel's two ends"),
    OUTER_FRAGMENT(false, 6, 2, "the outer packet is a fragment"),
    LENGTHS(false, 2, 2, "the outer total length is not the inner total length plus the headers between"),
    INNER_VERSION(true, 0, 1, "no IPv4 header starts where the inner one must"),
    INNER_CHECKSUM(true, 10, 2, "the inner header checksum is wrong"),
    OUTER_DF(false, 6, 2, "the outer df bit is not as expected");

    private final boolean inner;
    private final int offset;
    private final int length;
    private final String sentence;

    FramingFault(boolean inner, int offset, int length, String sentence) {
        this.inner = inner;
        this.offset = offset;
        this.length = length;
        this.sentence = sentence;
    }

    /** What is wrong, as a clause. */
    public String sentence() {
        return sentence;
    }

    /** The bytes that show it, in a packet whose headers start at the given offsets. */
    ByteRange in(int outerOffset, int innerOffset) {
        return new ByteRange((inner ? innerOffset : outerOffset) + offset, length);
    }
}
