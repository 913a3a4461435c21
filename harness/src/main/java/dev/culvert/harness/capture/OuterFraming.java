package dev.culvert.harness.capture;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How outer headers of one IP version are judged, in place and without allocation. */
abstract sealed class OuterFraming permits Ipv4Framing, Ipv6Framing {

    /** The outer framing that an expectation asks for, by the version of its addresses. */
    static OuterFraming of(FramingExpectation expected) {
        return expected.oneEnd().getAddress().length == Ipv4Framing.ADDRESS
                ? new Ipv4Framing(expected)
                : new Ipv6Framing(expected);
    }

    /** The EtherType of this version. */
    abstract short etherType();

    /** The version nibble. */
    abstract int version();

    /** The length of an outer header without options, which must have been kept for the packet to be judged. */
    abstract int headerLength();

    /** Says whether the header at an offset, wholly kept, carries the tunnel's protocol. */
    abstract boolean carriesTunnel(ByteBuffer bytes, int outer, int kept);

    /** Header and payload, by the header's own account. */
    abstract int totalLength(ByteBuffer bytes, int outer);

    /** What is wrong with the header's own bytes, before it is compared with anything. */
    abstract @Nullable FramingFault headerFault(ByteBuffer bytes, int outer);

    /** Says whether the packet goes from one end of the tunnel to the other. */
    abstract boolean betweenEnds(ByteBuffer bytes, int outer);

    abstract boolean isFragment(ByteBuffer bytes, int outer);

    /** Says whether routers may not fragment the packet. */
    abstract boolean dontFragment(ByteBuffer bytes, int outer);
}
