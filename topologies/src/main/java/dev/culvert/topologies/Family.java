package dev.culvert.topologies;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The two versions of IP. */
public enum Family {
    IPV4("IPv4", 4, 32, 20, Carried.IPV4),
    IPV6("IPv6", 6, 128, 40, Carried.IPV6);

    private final String title;
    private final int version;
    private final int bits;
    private final int headerLength;
    private final Carried carried;

    Family(String title, int version, int bits, int headerLength, Carried carried) {
        this.title = title;
        this.version = version;
        this.bits = bits;
        this.headerLength = headerLength;
        this.carried = carried;
    }

    /** The family of an address. */
    public static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** What people call it, {@code IPv4}. */
    public String title() {
        return title;
    }

    /** What the first four bits of its packets say. */
    public int version() {
        return version;
    }

    /** The length of its addresses. */
    public int bits() {
        return bits;
    }

    /** The length in bytes of its header without options (RFC 791 section 3.1) and extension headers (RFC 8200 section 3). */
    public int headerLength() {
        return headerLength;
    }

    /** Its packets, as what a tunnel carries. */
    public Carried carried() {
        return carried;
    }
}
