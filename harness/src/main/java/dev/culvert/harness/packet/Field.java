package dev.culvert.harness.packet;

import java.util.Locale;

/**
 * One field of a header, named as its RFC names it.
 *
 * @param firstBit offset of its first bit within the header, counted as the RFCs draw them: bit 0 is the highest of byte 0
 * @param bits its width; an address or a run of bytes may be wider, every other field has at most 32
 */
public record Field(String name, int firstBit, int bits, Notation notation) {

    /** How a value is written for people. */
    public enum Notation {
        DECIMAL,
        HEX,
        IPV4,
        IPV6,
        MAC,
        BYTES
    }

    static Field decimal(String name, int firstBit, int bits) {
        return new Field(name, firstBit, bits, Notation.DECIMAL);
    }

    static Field hex(String name, int firstBit, int bits) {
        return new Field(name, firstBit, bits, Notation.HEX);
    }

    static Field ipv4(String name, int firstBit) {
        return new Field(name, firstBit, 32, Notation.IPV4);
    }

    static Field ipv6(String name, int firstBit) {
        return new Field(name, firstBit, 128, Notation.IPV6);
    }

    static Field bytes(String name, int firstBit, int bits) {
        return new Field(name, firstBit, bits, Notation.BYTES);
    }

    static Field mac(String name, int firstBit) {
        return new Field(name, firstBit, 48, Notation.MAC);
    }

    /** The bytes of a packet that hold the field, whole bytes even where it is narrower. */
    public ByteRange in(Header header) {
        int first = firstBit / 8;
        int last = (firstBit + bits - 1) / 8;
        return new ByteRange(header.offset() + first, last - first + 1);
    }

    /** The value as an unsigned number; the low 64 bits of what is wider. */
    public long of(Header header) {
        ByteRange range = in(header);
        long value = 0;
        for (int at = range.offset(); at < range.end(); at++) {
            value = value << 8 | header.packet().u8(at);
        }
        int below = range.length() * 8 - firstBit % 8 - bits;
        return bits >= 64 ? value : value >> below & (1L << bits) - 1;
    }

    /** The value as people write it: an address in its own form, a checksum or a flag word in hexadecimal. */
    public String text(Header header) {
        ByteRange range = in(header);
        return switch (notation) {
            case IPV6 -> Ipv6Header.text(header.packet().ipv6(range.offset()));
            case BYTES -> header.packet().slice(range.offset(), range.length()).toString();
            default -> text(of(header));
        };
    }

    /** A value as {@link #text(Header)} writes it. Throws {@link IllegalArgumentException} for IPv6 addresses and runs of bytes. */
    public String text(long value) {
        return switch (notation) {
            case DECIMAL -> Long.toString(value);
            case HEX -> String.format(Locale.ROOT, "0x%0" + (bits + 3) / 4 + "x", value);
            case IPV4 -> (value >> 24) + "." + (value >> 16 & 0xff) + "." + (value >> 8 & 0xff) + "." + (value & 0xff);
            case IPV6, BYTES ->
                throw new IllegalArgumentException("the " + name + " of " + bits + " bits is not a number");
            case MAC -> String.format(Locale.ROOT, "%012x", value).replaceAll("(..)(?=.)", "$1:");
        };
    }

    /**
     * A copy of a packet in which the field of the header at an offset has another value. Throws {@link
     * IllegalArgumentException} when the value needs more bits than the field has.
     */
    public Bytes write(Bytes packet, int headerOffset, long value) {
        if (bits < 64 && (value < 0 || value >> bits != 0)) {
            throw new IllegalArgumentException(value + " does not fit into the " + bits + " bits of " + name);
        }
        byte[] changed = packet.toArray();
        for (int bit = 0; bit < Math.min(bits, 64); bit++) {
            int position = firstBit + bits - 1 - bit;
            int at = headerOffset + position / 8;
            int mask = 0x80 >> position % 8;
            boolean set = (value >> bit & 1) == 1;
            changed[at] = (byte) (set ? changed[at] | mask : changed[at] & ~mask);
        }
        return Bytes.of(changed);
    }

    /** A copy of the header's packet in which the field has another value and nothing else is changed. */
    public Bytes write(Header header, long value) {
        return write(header.packet(), header.offset(), value);
    }
}
