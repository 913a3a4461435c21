package dev.culvert.harness.packet;

import java.util.Optional;

/**
 * Composes a mirrored frame with its ERSPAN header (draft-foschiano-erspan-02 section 4). Every method gives a changed copy; what is not
 * set is 0.
 *
 * @param header empty of type I
 * @param frame from its destination address on, without check sequence
 */
public record ErspanPacket(Bytes header, Bytes frame) {

    private static final int PLATFORM_SUBHEADER = 8;

    /** Type I, which has no header of its own. */
    public static ErspanPacket typeI(Bytes frame) {
        return new ErspanPacket(Bytes.of(), frame);
    }

    public static ErspanPacket typeII(int sessionId, int index, Bytes frame) {
        return new ErspanPacket(Bytes.of(new byte[Erspan2Header.LENGTH]), frame)
                .with(ErspanHeader.VERSION, 1)
                .with(ErspanHeader.SESSION_ID, sessionId)
                .with(Erspan2Header.INDEX, index);
    }

    /** Type III of an Ethernet frame: P is 1. */
    public static ErspanPacket typeIII(int sessionId, Bytes frame) {
        return new ErspanPacket(Bytes.of(new byte[Erspan3Header.LENGTH]), frame)
                .with(ErspanHeader.VERSION, 2)
                .with(ErspanHeader.SESSION_ID, sessionId)
                .with(Erspan3Header.P, 1);
    }

    /** The same with another value in a field of the header, whatever that makes of it. */
    public ErspanPacket with(Field field, long value) {
        return new ErspanPacket(field.write(header, 0, value), frame);
    }

    /** Type III with a platform specific subheader; {@code information} is its last 58 bits. */
    public ErspanPacket withPlatform(int platform, long information) {
        Bytes longer = Bytes.join(Erspan3Header.O.write(header, 0, 1), Bytes.of(new byte[PLATFORM_SUBHEADER]));
        Bytes numbered = Erspan3Header.PLATFORM_ID.write(longer, 0, platform);
        Field rest = Field.hex("platform specific information", Erspan3Header.PLATFORM_ID.firstBit() + 6, 58);
        return new ErspanPacket(rest.write(numbered, 0, information), frame);
    }

    /** Header and frame. */
    public Bytes bytes() {
        return Bytes.join(header, frame);
    }

    /** The whole in GRE as its type wants it: type I without a sequence number, the others with that one. */
    public GrePacket inGre(int sequence) {
        int type = header.length() > Erspan2Header.LENGTH ? ErspanHeader.PROTOCOL_TYPE_3 : ErspanHeader.PROTOCOL_TYPE_2;
        return GrePacket.over(type, bytes())
                .withSequence(header.length() == 0 ? Optional.empty() : Optional.of(sequence));
    }
}
