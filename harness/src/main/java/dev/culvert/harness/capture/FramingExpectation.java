package dev.culvert.harness.capture;

import java.net.InetAddress;

/**
 * How the packets of a tunnel must be framed, whichever kind it is. Both directions are meant: each end may be the source of one
 * packet and the destination of the next.
 *
 * @param oneEnd the outer address of one end; its version is that of the outer header
 * @param otherEnd the outer address of the other end, of the same version
 * @param protocol the number of what the outer header carries: 4 for IPIP, 137 for MPLS, 17 for all that is in UDP. In IPv6 it may
 *     follow behind one header of destination options
 * @param shim how many bytes lie between the outer header and the inner IP header: none for IPIP, 4 a label for MPLS, 8 for
 *     destination options with an encapsulation limit, 14 for an Ethernet header
 * @param inner what lies behind the shim
 * @param dontFragment what outer DF must be
 */
public record FramingExpectation(
        InetAddress oneEnd, InetAddress otherEnd, int protocol, int shim, Inner inner, DontFragment dontFragment) {

    public FramingExpectation {
        if (oneEnd.getClass() != otherEnd.getClass()) {
            throw new IllegalArgumentException(oneEnd.getHostAddress() + " and " + otherEnd.getHostAddress()
                    + " are of two IP versions: both ends of a tunnel have addresses of one");
        }
    }

    /** What lies behind the shim. */
    public enum Inner {
        IPV4,
        IPV6,
        /** IPv4 or IPv6, told by the version nibble. */
        EITHER,
        /** Bytes that cannot be read, as those that ESP protects. */
        OPAQUE
    }

    /** What the outer DF bit must be. An outer IPv6 header has none, and is as good as one that is always set. */
    public enum DontFragment {
        /** Always 1 ({@code pmtudisc}, RFC 2003 §5.1). */
        SET,
        /** Always 0 (a Geneve device's {@code df unset}). */
        CLEAR,
        /** 1 where inner DF is 1 (RFC 2003 §3.1); inner IPv6 asks for nothing. */
        SET_WHERE_INNER_IS,
        /** Either. */
        ANY
    }

    /** IPv4 inside, as most tunnels carry it. */
    public FramingExpectation(
            InetAddress oneEnd, InetAddress otherEnd, int protocol, int shim, DontFragment dontFragment) {
        this(oneEnd, otherEnd, protocol, shim, Inner.IPV4, dontFragment);
    }

    /** IPIP between two ends. */
    public static FramingExpectation ipip(InetAddress oneEnd, InetAddress otherEnd, DontFragment dontFragment) {
        return new FramingExpectation(oneEnd, otherEnd, 4, 0, dontFragment);
    }

    /** MPLS over IP between two ends, with a stack of that many labels. */
    public static FramingExpectation mpls(
            InetAddress oneEnd, InetAddress otherEnd, int labels, DontFragment dontFragment) {
        return new FramingExpectation(oneEnd, otherEnd, 137, labels * 4, dontFragment);
    }
}
