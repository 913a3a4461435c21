package dev.culvert.harness.capture;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Outer IPv4 headers, which have no options in a tunnel. */
final class Ipv4Framing extends OuterFraming {

    /** The length of an address. */
    static final int ADDRESS = 4;

    static final int HEADER = 20;
    static final int DF = 0x4000;

    private static final int MF_AND_OFFSET = 0x3fff;

    private final int protocol;
    private final int oneEnd;
    private final int otherEnd;

    Ipv4Framing(FramingExpectation expected) {
        protocol = expected.protocol();
        oneEnd = ByteBuffer.wrap(expected.oneEnd().getAddress()).getInt();
        otherEnd = ByteBuffer.wrap(expected.otherEnd().getAddress()).getInt();
    }

    @Override
    short etherType() {
        return 0x0800;
    }

    @Override
    int version() {
        return 4;
    }

    @Override
    int headerLength() {
        return HEADER;
    }

    @Override
    boolean carriesTunnel(ByteBuffer bytes, int outer, int kept) {
        return (bytes.get(outer + 9) & 0xff) == protocol;
    }

    @Override
    int totalLength(ByteBuffer bytes, int outer) {
        return bytes.getShort(outer + 2) & 0xffff;
    }

    @Override
    @Nullable
    FramingFault headerFault(ByteBuffer bytes, int outer) {
        long first = bytes.getLong(outer);
        if (first >>> 56 != 0x45) {
            return FramingFault.OUTER_VERSION_IHL;
        }
        return HeaderSum.isRight(first, bytes.getLong(outer + 8), bytes.getInt(outer + 16))
                ? null
                : FramingFault.OUTER_CHECKSUM;
    }

    @Override
    boolean betweenEnds(ByteBuffer bytes, int outer) {
        int source = bytes.getInt(outer + 12);
        int destination = bytes.getInt(outer + 16);
        return (source == oneEnd && destination == otherEnd) || (source == otherEnd && destination == oneEnd);
    }

    @Override
    boolean isFragment(ByteBuffer bytes, int outer) {
        return (bytes.getShort(outer + 6) & MF_AND_OFFSET) != 0;
    }

    @Override
    boolean dontFragment(ByteBuffer bytes, int outer) {
        return (bytes.getShort(outer + 6) & DF) != 0;
    }
}
