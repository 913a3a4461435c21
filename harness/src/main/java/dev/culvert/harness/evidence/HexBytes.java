package dev.culvert.harness.evidence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.HexFormat;

/** Immutable bytes that read and write as lower-case hexadecimal, so that evidence can be read by people. */
public final class HexBytes {

    private final byte[] bytes;

    private HexBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies the given bytes. */
    public static HexBytes of(byte[] bytes) {
        return new HexBytes(bytes.clone());
    }

    /** Parses hexadecimal digits; throws {@link IllegalArgumentException} on anything else. */
    @JsonCreator
    public static HexBytes parse(String hex) {
        return new HexBytes(HexFormat.of().parseHex(hex));
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HexBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    @JsonValue
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
