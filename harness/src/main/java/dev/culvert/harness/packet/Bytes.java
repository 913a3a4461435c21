package dev.culvert.harness.packet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable run of bytes in network byte order, written as lower-case hexadecimal. Slices share the bytes that they are
 * taken from. Every reader throws {@link IndexOutOfBoundsException} beyond the end.
 */
public final class Bytes {

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] array;
    private final int from;
    private final int length;

    private Bytes(byte[] array, int from, int length) {
        this.array = array;
        this.from = from;
        this.length = length;
    }

    /** Copies the given bytes. */
    public static Bytes of(byte... bytes) {
        return new Bytes(bytes.clone(), 0, bytes.length);
    }

    /** Parses hexadecimal digits, with blanks allowed between bytes; throws {@link IllegalArgumentException} otherwise. */
    @JsonCreator
    public static Bytes parse(String hex) {
        byte[] parsed = HEX.parseHex(hex.replaceAll("\\s+", ""));
        return new Bytes(parsed, 0, parsed.length);
    }

    /** Joins runs of bytes into one. */
    public static Bytes join(Bytes... parts) {
        byte[] joined = new byte[Arrays.stream(parts).mapToInt(Bytes::length).sum()];
        int at = 0;
        for (Bytes part : parts) {
            System.arraycopy(part.array, part.from, joined, at, part.length);
            at += part.length;
        }
        return new Bytes(joined, 0, joined.length);
    }

    public int length() {
        return length;
    }

    /** Reads the unsigned byte at an offset. */
    public int u8(int at) {
        return array[from + Objects.checkIndex(at, length)] & 0xff;
    }

    /** Reads the unsigned 16-bit number at an offset. */
    public int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    /** Reads the unsigned 32-bit number at an offset. */
    public long u32(int at) {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    /** Reads the IPv4 address at an offset. */
    public Inet4Address ipv4(int at) {
        try {
            return (Inet4Address) InetAddress.getByAddress(slice(at, 4).toArray());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are always an IPv4 address", e);
        }
    }

    /** Reads the IPv6 address at an offset; an IPv4-mapped one stays IPv6. */
    public Inet6Address ipv6(int at) {
        try {
            return Inet6Address.getByAddress(null, slice(at, 16).toArray(), -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are always an IPv6 address", e);
        }
    }

    /** The bytes from an offset on, without a copy. */
    public Bytes slice(int at, int size) {
        Objects.checkFromIndexSize(at, size, length);
        return new Bytes(array, from + at, size);
    }

    /** The bytes from an offset to the end, without a copy. */
    public Bytes from(int at) {
        return slice(at, length - at);
    }

    /** A copy in which the bytes from an offset on are others; the length stays. */
    public Bytes with(int at, int... others) {
        Objects.checkFromIndexSize(at, others.length, length);
        byte[] changed = toArray();
        for (int i = 0; i < others.length; i++) {
            changed[at + i] = (byte) others[i];
        }
        return new Bytes(changed, 0, length);
    }

    /** A copy in which a 16-bit number at an offset is another. */
    public Bytes with16(int at, int number) {
        return with(at, number >> 8, number);
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, from, from + length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, from, from + length, that.array, that.from, that.from + that.length);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toArray());
    }

    @Override
    @JsonValue
    public String toString() {
        return HEX.formatHex(array, from, from + length);
    }
}
