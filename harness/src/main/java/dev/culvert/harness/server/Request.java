package dev.culvert.harness.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.culvert.harness.packet.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** One request under construction: a type and a payload, integers big-endian, texts and lists with their length before them. */
final class Request {

    /** The longest frame the agent takes, from its type to its end. */
    static final int LONGEST = 131_072;

    static final int MAGIC = 0xC7;
    private static final int HEADER = 10;

    private final RequestType type;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

    Request(RequestType type) {
        this.type = type;
    }

    RequestType type() {
        return type;
    }

    Request u8(int value) {
        payload.write(value);
        return this;
    }

    Request u32(long value) {
        payload.writeBytes(ByteBuffer.allocate(4).putInt((int) value).array());
        return this;
    }

    Request u64(long value) {
        payload.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
        return this;
    }

    Request raw(byte[] bytes) {
        payload.writeBytes(bytes);
        return this;
    }

    Request text(byte[] bytes) {
        return u32(bytes.length).raw(bytes);
    }

    Request text(String text) {
        return text(text.getBytes(UTF_8));
    }

    Request list(List<String> texts) {
        u32(texts.size());
        texts.forEach(this::text);
        return this;
    }

    Request datagrams(List<Bytes> datagrams) {
        u32(datagrams.size());
        datagrams.forEach(datagram -> text(datagram.toArray()));
        return this;
    }

    /** The frame on the wire; throws {@link IllegalArgumentException} when the agent would not take it for its length. */
    byte[] frame(int id) {
        int length = 5 + payload.size();
        if (length > LONGEST) {
            throw new IllegalArgumentException("a " + type + " request of " + length
                    + " bytes is too long for the agent, which takes at most " + LONGEST + ": split it");
        }
        return ByteBuffer.allocate(HEADER + payload.size())
                .put((byte) MAGIC)
                .putInt(length)
                .put((byte) type.code())
                .putInt(id)
                .put(payload.toByteArray())
                .array();
    }
}
