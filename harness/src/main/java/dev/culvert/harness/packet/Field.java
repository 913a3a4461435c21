package dev.culvert.harness.packet;

import java.util.Locale;

/**
 * One field of a header, named as its RFC names it.
 *
 * @param firstBit offset of its first bit within the header, counted as the RFCs draw them: bit 0 is the highest of byte 0
 * @param bits its width; an address may be 128 bits wide, every other field at most 32
 */
public record Field(String name, int firstBit, int bits, Notation notation) {

    /** How a value is written for people. */
    public enum Notation {
        DECIMAL,
        HEX,
        IPV4,
        IPV6,
        MAC
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
            case DECIMAL -> Long.toString(of(header));
            case HEX -> String.format(Locale.ROOT, "0x%0" + (bits + 3) / 4 + "x", of(header));
            case IPV4 -> header.packet().ipv4(range.offset()).getHostAddress();
            case IPV6 -> header.packet().ipv6(range.offset()).getHostAddress();
            case MAC -> String.format(Locale.ROOT, "%012x", of(header)).replaceAll("(..)(?=.)", "$1:");
        };
    }
}
