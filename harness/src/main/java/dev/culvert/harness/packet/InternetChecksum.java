package dev.culvert.harness.packet;

/** The Internet checksum: the one's complement of the one's complement sum of all 16-bit words (RFC 1071). */
public final class InternetChecksum {

    private long sum;

    /** Adds bytes; only the last addition may be of odd length. */
    public InternetChecksum add(Bytes bytes) {
        int even = bytes.length() & ~1;
        for (int at = 0; at < even; at += 2) {
            sum += bytes.u16(at);
        }
        if (even < bytes.length()) {
            sum += (long) bytes.u8(even) << 8;
        }
        return this;
    }

    /** Adds one 16-bit word. */
    public InternetChecksum add(int word) {
        sum += word & 0xffff;
        return this;
    }

    /** The checksum of what was added; 0 where a correct checksum was among it. */
    public int value() {
        long folded = sum;
        while (folded >> 16 != 0) {
            folded = (folded & 0xffff) + (folded >> 16);
        }
        return (int) (~folded & 0xffff);
    }
}
