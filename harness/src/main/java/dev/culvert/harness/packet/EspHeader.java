package dev.culvert.harness.packet;

import java.util.ArrayList;
import java.util.List;

/**
 * The clear part in front of an encrypted packet: SPI, sequence number and, where the keys are known, the initialization vector (RFC 4303
 * section 2). Behind it lies the ciphertext as payload; in a packet that was opened, what was encrypted, and an {@link EspTrailer}.
 */
public final class EspHeader extends Header {

    public static final Field SPI = Field.hex("spi", 0, 32);
    public static final Field SEQUENCE_NUMBER = Field.decimal("sequence number", 32, 32);

    /** Bytes of SPI and sequence number. */
    public static final int LENGTH = 8;

    /** RFC 4303 section 2.1: 0 is for local use and never sent, which RFC 3948 section 2.2 takes for a sign of what is not ESP. */
    private static final int NOT_ESP = 0;

    private EspHeader(Room room, int length) {
        super(room, length);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(LENGTH)) {
            trail.end(room.tooShortFor("ESP header", LENGTH));
            return;
        }
        EspLayout layout = trail.opened(room.start());
        if (layout == null) {
            EspHeader header = new EspHeader(room, LENGTH);
            trail.add(header);
            trail.end(header.body());
            return;
        }
        EspHeader header = new EspHeader(room, LENGTH + layout.ivBytes());
        trail.add(header);
        EspTrailer trailer = new EspTrailer(header.body().after(layout.carriedBytes()));
        trail.close(trailer);
        trail.follow(Next.ipProtocol(trailer.nextHeader()), header.body().limitedTo(layout.carriedBytes()));
    }

    /** ESP behind UDP, with which keys are exchanged behind four zero bytes and bindings kept alive by one of 0xff (RFC 3948 section 2). */
    static void decodeInUdp(Room room, Trail trail) {
        boolean esp = room.has(LENGTH) && (room.u16(0) != NOT_ESP || room.u16(2) != NOT_ESP);
        if (esp) {
            decode(room, trail);
        } else {
            trail.end(room);
        }
    }

    @Override
    public String protocol() {
        return "ESP";
    }

    @Override
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>(List.of(SPI, SEQUENCE_NUMBER));
        if (length() > LENGTH) {
            fields.add(Field.bytes("initialization vector", LENGTH * 8, (length() - LENGTH) * 8));
        }
        return fields;
    }

    /** 32 bits unsigned. */
    public long spi() {
        return SPI.of(this);
    }

    /** 32 bits unsigned. */
    public long sequenceNumber() {
        return SEQUENCE_NUMBER.of(this);
    }
}
