package dev.culvert.harness.packet;

import java.net.InetAddress;

/** What the headers of both IP versions have in common, under the names of IPv6 where the versions differ. */
public abstract sealed class IpHeader extends Header permits Ipv4Header, Ipv6Header {

    IpHeader(Room room, int length) {
        super(room, length);
    }

    /** 4 or 6. */
    public abstract int version();

    /** DSCP and ECN in one byte: IPv4's TOS. */
    public final int trafficClass() {
        return (int) trafficClassField().of(this);
    }

    public final int dscp() {
        return (int) dscpField().of(this);
    }

    /** 0 Not-ECT, 1 ECT(1), 2 ECT(0), 3 CE (RFC 3168 §5). */
    public final int ecn() {
        return (int) ecnField().of(this);
    }

    /** IPv4's TTL. */
    public final int hopLimit() {
        return (int) hopLimitField().of(this);
    }

    public abstract InetAddress source();

    public abstract InetAddress destination();

    /**
     * The number of the protocol that is carried, behind all extension headers: 4 for IPv4, 41 for IPv6, 47 for GRE. That of an
     * extension header if it is cut or its length lies.
     */
    public abstract int protocolNumber();

    /** The bytes behind the header and its extension headers, as far as they were kept. */
    public abstract Bytes carried();

    /** The length of header and payload, by the header's own account. */
    public abstract int totalLength();

    public abstract Field trafficClassField();

    public abstract Field dscpField();

    public abstract Field ecnField();

    public abstract Field hopLimitField();

    public abstract Field sourceField();

    public abstract Field destinationField();

    /** A copy of the packet in which a field has another value; a checksum of the header agrees with it. */
    public abstract Bytes with(Field field, long value);
}
