package dev.culvert.harness.capture;

import dev.culvert.harness.packet.ByteRange;

/** One way in which a packet's framing can be wrong. A packet is reported with the first that applies. */
public enum FramingFault {
    KEPT_TOO_LITTLE(false, 0, 20, 0, 40, "the capture kept too little of it to judge the framing"),
    OUTER_VERSION_IHL(false, 0, 1, 0, 1, "the outer version and ihl are not 4 and 5, or the version is not 6"),
    OUTER_CHECKSUM(false, 10, 2, 0, 0, "the outer header checksum is wrong"),
    LENGTH_ON_LINK(false, 2, 2, 4, 2, "the outer length is not the packet's length on the link"),
    ENDPOINTS(false, 12, 8, 8, 32, "the outer source and destination are not the tunnel's two ends"),
    OUTER_FRAGMENT(false, 6, 2, 6, 1, "the outer packet is a fragment"),
    LENGTHS(false, 2, 2, 4, 2, "the outer length is not the inner length plus the headers between"),
    INNER_VERSION(true, 0, 1, 0, 1, "no IP header of the right version starts where the inner one must"),
    INNER_CHECKSUM(true, 10, 2, 10, 2, "the inner header checksum is wrong"),
    OUTER_DF(false, 6, 2, 6, 1, "the outer df bit is not as expected");

    private final boolean inner;
    private final int ipv4Offset;
    private final int ipv4Length;
    private final int ipv6Offset;
    private final int ipv6Length;
    private final String sentence;

    FramingFault(boolean inner, int ipv4Offset, int ipv4Length, int ipv6Offset, int ipv6Length, String sentence) {
        this.inner = inner;
        this.ipv4Offset = ipv4Offset;
        this.ipv4Length = ipv4Length;
        this.ipv6Offset = ipv6Offset;
        this.ipv6Length = ipv6Length;
        this.sentence = sentence;
    }

    /** What is wrong, as a clause. */
    public String sentence() {
        return sentence;
    }

    /** The bytes that show it, in a packet whose outer header is of that version and whose headers start at the given offsets. */
    ByteRange in(int version, int outerOffset, int innerOffset) {
        int start = inner ? innerOffset : outerOffset;
        return version == 4
                ? new ByteRange(start + ipv4Offset, ipv4Length)
                : new ByteRange(start + ipv6Offset, ipv6Length);
    }
}
