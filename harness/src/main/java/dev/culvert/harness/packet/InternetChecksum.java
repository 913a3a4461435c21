package dev.culvert.harness.packet;

import java.net.InetAddress;

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

    /**
     * Adds what TCP, UDP and ICMPv6 take from the IP header around them (RFC 9293 §3.1, RFC 8200 §8.1). The sum is the same for
     * both IP versions but for the addresses.
     *
     * @param length that of the upper-layer packet, its header counted
     */
    public InternetChecksum addPseudoHeader(InetAddress source, InetAddress destination, int protocol, int length) {
        add(Bytes.of(source.getAddress()));
        add(Bytes.of(destination.getAddress()));
        return add(protocol).add(length >> 16).add(length);
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
