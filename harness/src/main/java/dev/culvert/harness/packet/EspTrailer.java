package dev.culvert.harness.packet;

import java.util.List;

/** What lies behind the packet that ESP protects: padding, its length, the next header, and the integrity check value (RFC 4303 section 2). */
public final class EspTrailer extends Header {

    private final int padding;

    EspTrailer(Room room) {
        this(room, paddingIn(room));
    }

    private EspTrailer(Room room, int padding) {
        super(room, room.left());
        this.padding = padding;
    }

    /** The padding says of itself how long it is: each of its bytes has its place's number, from 1 on (RFC 4303 section 2.4). */
    private static int paddingIn(Room room) {
        return room.left() - EspLayout.CHECK_VALUE - EspLayout.TRAILER;
    }

    @Override
    public String protocol() {
        return "ESP trailer";
    }

    @Override
    public List<Field> fields() {
        int at = padding * 8;
        return List.of(
                Field.decimal("pad length", at, 8),
                Field.decimal("next header", at + 8, 8),
                Field.bytes("integrity check value", at + 16, EspLayout.CHECK_VALUE * 8));
    }

    /** Bytes of padding. */
    public int padLength() {
        return padding;
    }

    /** The padding itself. */
    public Bytes padding() {
        return bytes().slice(0, padding);
    }

    /** The protocol number of what is protected. */
    public int nextHeader() {
        return bytes().u8(padding + 1);
    }
}
