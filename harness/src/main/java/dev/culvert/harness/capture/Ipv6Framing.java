package dev.culvert.harness.capture;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Outer IPv6 headers. The tunnel's protocol follows at once, or behind one header of destination options (RFC 2473 §4.1.1), which
 * is part of what lies between the headers. A fragment header says that a packet was cut, whatever it was.
 */
final class Ipv6Framing extends OuterFraming {

    static final int HEADER = 40;

    private static final int DESTINATION_OPTIONS = 60;
    private static final int FRAGMENT = 44;

    private final int protocol;
    private final long oneHigh;
    private final long oneLow;
    private final long otherHigh;
    private final long otherLow;

    Ipv6Framing(FramingExpectation expected) {
        ByteBuffer one = ByteBuffer.wrap(expected.oneEnd().getAddress());
        ByteBuffer other = ByteBuffer.wrap(expected.otherEnd().getAddress());
        protocol = expected.protocol();
        oneHigh = one.getLong(0);
        oneLow = one.getLong(8);
        otherHigh = other.getLong(0);
        otherLow = other.getLong(8);
    }

    @Override
    short etherType() {
        return (short) 0x86dd;
    }

    @Override
    int version() {
        return 6;
    }

    @Override
    int headerLength() {
        return HEADER;
    }

    @Override
    boolean carriesTunnel(ByteBuffer bytes, int outer, int kept) {
        int next = bytes.get(outer + 6) & 0xff;
        if (next == DESTINATION_OPTIONS || next == FRAGMENT) {
            next = kept > HEADER ? bytes.get(outer + HEADER) & 0xff : protocol;
        }
        return next == protocol || next == DESTINATION_OPTIONS;
    }

    @Override
    int totalLength(ByteBuffer bytes, int outer) {
        return HEADER + (bytes.getShort(outer + 4) & 0xffff);
    }

    @Override
    @Nullable
    FramingFault headerFault(ByteBuffer bytes, int outer) {
        return (bytes.get(outer) & 0xf0) == 0x60 ? null : FramingFault.OUTER_VERSION_IHL;
    }

    @Override
    boolean betweenEnds(ByteBuffer bytes, int outer) {
        long sourceHigh = bytes.getLong(outer + 8);
        long sourceLow = bytes.getLong(outer + 16);
        long destinationHigh = bytes.getLong(outer + 24);
        long destinationLow = bytes.getLong(outer + 32);
        return (sourceHigh == oneHigh
                        && sourceLow == oneLow
                        && destinationHigh == otherHigh
                        && destinationLow == otherLow)
                || (sourceHigh == otherHigh
                        && sourceLow == otherLow
                        && destinationHigh == oneHigh
                        && destinationLow == oneLow);
    }

    @Override
    boolean isFragment(ByteBuffer bytes, int outer) {
        return (bytes.get(outer + 6) & 0xff) == FRAGMENT;
    }

    /** Routers never fragment IPv6. */
    @Override
    boolean dontFragment(ByteBuffer bytes, int outer) {
        return true;
    }
}
