package dev.culvert.harness.netlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.culvert.harness.packet.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The attributes of a message, or of one of its attributes, by number. Of several with one number the last counts, as in the kernel. */
public final class ReceivedAttributes {

    /** What is not the number: {@code NLA_F_NESTED} and {@code NLA_F_NET_BYTEORDER}. */
    private static final int NUMBER = 0x3fff;

    private static final int HEADER = 4;

    private final Map<Integer, Bytes> values;

    private ReceivedAttributes(Map<Integer, Bytes> values) {
        this.values = values;
    }

    /** Reads attributes from an offset to the end; throws {@link MalformedNetlink} for a length that does not fit. */
    static ReceivedAttributes of(ByteBuffer body, int from) {
        ByteBuffer all = body.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, Bytes> values = new LinkedHashMap<>();
        int at = from;
        while (all.limit() - at >= HEADER) {
            int left = all.limit() - at;
            int length = Short.toUnsignedInt(all.getShort(at));
            if (length < HEADER || length > left) {
                throw new MalformedNetlink(
                        at, "an attribute's length of " + length + " is not within " + HEADER + " … " + left);
            }
            byte[] value = new byte[length - HEADER];
            all.get(at + HEADER, value);
            values.put(Short.toUnsignedInt(all.getShort(at + 2)) & NUMBER, Bytes.of(value));
            at += (length + 3) & ~3;
        }
        return new ReceivedAttributes(values);
    }

    /** The bytes of each, by number, in the order in which they came. */
    public Map<Integer, Bytes> all() {
        return values;
    }

    public Optional<Bytes> bytes(int type) {
        return Optional.ofNullable(values.get(type));
    }

    /** A number of 1, 2, 4 or 8 bytes in the kernel's own order. */
    public OptionalLong number(int type) {
        Bytes bytes = values.get(type);
        if (bytes == null) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = bytes.length() - 1; i >= 0; i--) {
            number = number << 8 | bytes.u8(i);
        }
        return OptionalLong.of(number);
    }

    /** A text, up to the first zero byte. */
    public Optional<String> text(int type) {
        return bytes(type).map(bytes -> {
            int end = 0;
            while (end < bytes.length() && bytes.u8(end) != 0) {
                end++;
            }
            return new String(bytes.toArray(), 0, end, UTF_8);
        });
    }

    /** The attributes within one. */
    public Optional<ReceivedAttributes> nested(int type) {
        return bytes(type).map(bytes -> of(ByteBuffer.wrap(bytes.toArray()), 0));
    }
}
