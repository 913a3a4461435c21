package dev.culvert.topologies.kind;

import dev.culvert.topologies.Options;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * The GRE header that a device puts before its packets (RFC 2784 section 2, RFC 2890 section 2): two bytes of flags and version, two of
 * protocol type, then four each for checksum, key and sequence number as far as they are there.
 *
 * @param key what the key field holds, 32 bits unsigned; empty without the field
 */
record GreHeader(boolean checksum, Optional<Long> key, boolean sequence) {

    private static final int WORD = 4;
    private static final int CHECKSUM_PRESENT = 0x8000;
    private static final int KEY_PRESENT = 0x2000;
    private static final int SEQUENCE_PRESENT = 0x1000;

    /** The header of the packets that a device with these options sends: each option alone is for both directions, with an o for this one. */
    static GreHeader sentBy(Options options) {
        return of(options, "o");
    }

    /** The header that packets for a device with these options must have: each option alone is for both directions, with an i for this one. */
    static GreHeader takenBy(Options options) {
        return of(options, "i");
    }

    private static GreHeader of(Options options, String direction) {
        Map<String, String> given = options.given();
        return new GreHeader(
                has(given, direction, "csum"),
                Optional.ofNullable(given.getOrDefault(direction + "key", given.get("key")))
                        .map(Long::parseLong),
                has(given, direction, "seq"));
    }

    private static boolean has(Map<String, String> given, String direction, String field) {
        return "true".equals(given.getOrDefault(direction + field, given.get(field)));
    }

    /** Its length in bytes. */
    int length() {
        return WORD * (1 + count(checksum) + count(key.isPresent()) + count(sequence));
    }

    private static int count(boolean there) {
        return there ? 1 : 0;
    }

    /** The header, with sequence number 0 where it has one, and the packet behind it. */
    byte[] before(int protocolType, byte[] packet) {
        ByteBuffer bytes = ByteBuffer.allocate(length() + packet.length);
        bytes.putShort((short) ((checksum ? CHECKSUM_PRESENT : 0)
                | (key.isPresent() ? KEY_PRESENT : 0)
                | (sequence ? SEQUENCE_PRESENT : 0)));
        bytes.putShort((short) protocolType);
        if (checksum) {
            bytes.putInt(0);
        }
        key.ifPresent(value -> bytes.putInt(value.intValue()));
        if (sequence) {
            bytes.putInt(0);
        }
        bytes.put(packet);
        if (checksum) {
            bytes.putShort(WORD, (short) internetChecksum(bytes.array()));
        }
        return bytes.array();
    }

    /** The one's complement of the one's complement sum over all 16-bit words, an odd byte padded with zero (RFC 1071 section 1). */
    private static int internetChecksum(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
