package dev.culvert.harness.capture;

import java.net.Inet4Address;

/**
 * How the packets of a tunnel over IPv4 must be framed, whichever kind it is. Both directions are meant: each end may be the
 * source of one packet and the destination of the next.
 *
 * @param oneEnd the outer address of one end
 * @param otherEnd the outer address of the other end
 * @param protocol the outer protocol number: 4 for IPIP, 137 for MPLS
 * @param shim how many bytes lie between the outer header and the inner IPv4 header: none for IPIP, 4 a label for MPLS
 * @param dontFragment what outer DF must be
 */
public record FramingExpectation(
        Inet4Address oneEnd, Inet4Address otherEnd, int protocol, int shim, DontFragment dontFragment) {

    /** What the outer DF bit must be. */
    public enum DontFragment {
        /** Always 1 ({@code pmtudisc}, RFC 2003 §5.1). */
        SET,
        /** 1 where inner DF is 1 (RFC 2003 §3.1). */
        SET_WHERE_INNER_IS,
        /** Either. */
        ANY
    }

    /** IPIP between two ends. */
    public static FramingExpectation ipip(Inet4Address oneEnd, Inet4Address otherEnd, DontFragment dontFragment) {
        return new FramingExpectation(oneEnd, otherEnd, 4, 0, dontFragment);
    }

    /** MPLS over IPv4 between two ends, with a stack of that many labels. */
    public static FramingExpectation mpls(
            Inet4Address oneEnd, Inet4Address otherEnd, int labels, DontFragment dontFragment) {
        return new FramingExpectation(oneEnd, otherEnd, 137, labels * 4, dontFragment);
    }
}
