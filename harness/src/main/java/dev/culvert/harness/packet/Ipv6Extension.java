package dev.culvert.harness.packet;

import java.nio.ByteBuffer;

/**
 * Composes an extension header (RFC 8200 §4).
 *
 * @param number what the header before it calls it
 * @param rest all its bytes but the first, which the packet sets to what follows
 */
public record Ipv6Extension(int number, Bytes rest) {

    public Ipv6Extension {
        if (rest.length() % Ipv6Chain.UNIT != Ipv6Chain.UNIT - 1) {
            throw new IllegalArgumentException("an extension header of " + (1 + rest.length())
                    + " bytes: expected a multiple of " + Ipv6Chain.UNIT);
        }
    }

    /** Destination options with a tunnel encapsulation limit, padded by PadN as Linux does (RFC 2473 §4.1.1). */
    public static Ipv6Extension encapsulationLimit(int limit) {
        return destinationOptions(Ipv6Option.ENCAPSULATION_LIMIT, 1, limit, Ipv6Option.PAD_N, 1, 0);
    }

    /** Option bytes as they are: six, or a multiple of eight more. */
    public static Ipv6Extension destinationOptions(int... options) {
        return options(Ipv6Chain.DESTINATION_OPTIONS, options);
    }

    /** Option bytes as they are: six, or a multiple of eight more. */
    public static Ipv6Extension hopByHop(int... options) {
        return options(Ipv6Chain.HOP_BY_HOP, options);
    }

    /** A routing header of any type, with that data behind its first four bytes. */
    public static Ipv6Extension routing(int type, int segmentsLeft, Bytes data) {
        int units = (4 + data.length()) / Ipv6Chain.UNIT - 1;
        return new Ipv6Extension(
                Ipv6Chain.ROUTING, Bytes.join(Bytes.of((byte) units, (byte) type, (byte) segmentsLeft), data));
    }

    /** A fragment header; the offset is in bytes, a multiple of 8. */
    public static Ipv6Extension fragment(int offset, boolean more, int identification) {
        if (offset % Ipv6Chain.UNIT != 0) {
            throw new IllegalArgumentException("a fragment offset of " + offset + " bytes: expected a multiple of 8");
        }
        ByteBuffer bytes = ByteBuffer.allocate(Ipv6Chain.UNIT - 1)
                .put((byte) 0)
                .putShort((short) (offset | (more ? 1 : 0)))
                .putInt(identification);
        return new Ipv6Extension(Ipv6Chain.FRAGMENT, Bytes.of(bytes.array()));
    }

    /** The same header with another second byte, the length of most, whatever that makes of the packet. */
    public Ipv6Extension lieLength(int units) {
        return new Ipv6Extension(number, rest.with(0, units));
    }

    /** The header in front of what that number stands for. */
    Bytes before(int next) {
        return Bytes.join(Bytes.of((byte) next), rest);
    }

    private static Ipv6Extension options(int number, int... options) {
        int units = (2 + options.length) / Ipv6Chain.UNIT - 1;
        return new Ipv6Extension(
                number, Bytes.of(new byte[1 + options.length]).with(0, units).with(1, options));
    }
}
