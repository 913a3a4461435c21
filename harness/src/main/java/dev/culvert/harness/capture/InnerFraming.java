package dev.culvert.harness.capture;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Judges the inner IP header, in place and without allocation. */
final class InnerFraming {

    private final FramingExpectation.Inner expected;
    private final FramingExpectation.DontFragment dontFragment;

    InnerFraming(FramingExpectation expected) {
        this.expected = expected.inner();
        this.dontFragment = expected.dontFragment();
    }

    /** How many bytes of the inner packet must have been kept, and must be there at all. */
    int needs() {
        return switch (expected) {
            case IPV4, EITHER -> Ipv4Framing.HEADER;
            case IPV6 -> Ipv6Framing.HEADER;
            case OPAQUE -> 0;
        };
    }

    /**
     * What is wrong with the inner packet.
     *
     * @param kept how many of its bytes were kept, at least {@link #needs}
     * @param length how many bytes the outer packet has for it
     */
    @Nullable
    FramingFault fault(ByteBuffer bytes, int inner, int kept, int length, boolean outerDf) {
        if (expected == FramingExpectation.Inner.OPAQUE) {
            return dfFault(false, outerDf);
        }
        int version = bytes.get(inner) >> 4;
        if (version == 4 && expected != FramingExpectation.Inner.IPV6) {
            return ipv4Fault(bytes, inner, kept, length, outerDf);
        }
        return version == 6 && expected != FramingExpectation.Inner.IPV4
                ? ipv6Fault(bytes, inner, kept, length, outerDf)
                : FramingFault.INNER_VERSION;
    }

    private @Nullable FramingFault ipv4Fault(ByteBuffer bytes, int inner, int kept, int length, boolean outerDf) {
        long first = bytes.getLong(inner);
        int header = (int) (first >>> 56 & 0xf) * 4;
        if (header < Ipv4Framing.HEADER) {
            return FramingFault.INNER_VERSION;
        }
        if (((first >>> 32) & 0xffff) != length) {
            return FramingFault.LENGTHS;
        }
        if (kept < header) {
            return FramingFault.KEPT_TOO_LITTLE;
        }
        boolean right = header == Ipv4Framing.HEADER
                ? HeaderSum.isRight(first, bytes.getLong(inner + 8), bytes.getInt(inner + 16))
                : HeaderSum.isRight(bytes, inner, header);
        if (!right) {
            return FramingFault.INNER_CHECKSUM;
        }
        return dfFault((first & Ipv4Framing.DF) != 0, outerDf);
    }

    private @Nullable FramingFault ipv6Fault(ByteBuffer bytes, int inner, int kept, int length, boolean outerDf) {
        if (kept < Ipv6Framing.HEADER) {
            return FramingFault.KEPT_TOO_LITTLE;
        }
        int told = Ipv6Framing.HEADER + (bytes.getShort(inner + 4) & 0xffff);
        return told == length ? dfFault(false, outerDf) : FramingFault.LENGTHS;
    }

    private @Nullable FramingFault dfFault(boolean innerDf, boolean outerDf) {
        boolean right = switch (dontFragment) {
            case SET -> outerDf;
            case CLEAR -> !outerDf;
            case SET_WHERE_INNER_IS -> outerDf || !innerDf;
            case ANY -> true;
        };
        return right ? null : FramingFault.OUTER_DF;
    }
}
