package dev.culvert.harness.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** The payload of a RESULT, read from its beginning. */
final class Answer {

    private final ByteBuffer payload;

    Answer(byte[] payload) {
        this.payload = ByteBuffer.wrap(payload);
    }

    int u8() {
        return payload.get() & 0xFF;
    }

    int u32() {
        return payload.getInt();
    }

    long u64() {
        return payload.getLong();
    }

    byte[] raw(int length) {
        byte[] bytes = new byte[length];
        payload.get(bytes);
        return bytes;
    }

    String text() {
        return new String(raw(u32()), UTF_8);
    }

    boolean hasMore() {
        return payload.hasRemaining();
    }
}
