package dev.culvert.harness.packet;

import java.util.List;

/** A UDP header (RFC 768) as it lies in a packet. */
public final class UdpHeader extends Header {

    public static final Field SOURCE_PORT = Field.decimal("source port", 0, 16);
    public static final Field DESTINATION_PORT = Field.decimal("destination port", 16, 16);
    public static final Field LENGTH_FIELD = Field.decimal("length", 32, 16);
    public static final Field CHECKSUM = Field.hex("checksum", 48, 16);

    public static final int LENGTH = 8;

    private static final List<Field> FIELDS = List.of(SOURCE_PORT, DESTINATION_PORT, LENGTH_FIELD, CHECKSUM);

    private UdpHeader(Room room) {
        super(room, LENGTH);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(LENGTH)) {
            trail.end(room.tooShortFor("UDP header", LENGTH));
            return;
        }
        int datagram = room.u16(4);
        if (datagram < LENGTH) {
            trail.end(room.lie(4, "UDP length " + datagram + " is less than the header's own " + LENGTH));
            return;
        }
        UdpHeader header = new UdpHeader(room.limitedTo(datagram));
        trail.add(header);
        if (datagram > room.originallyLeft()) {
            trail.end(
                    room.lie(4, "UDP length " + datagram + ", but only " + room.originallyLeft() + " bytes are there"));
        } else {
            trail.follow(Next.udpPort(header.destinationPort()), header.body());
        }
    }

    @Override
    public String protocol() {
        return "UDP";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    public int sourcePort() {
        return (int) SOURCE_PORT.of(this);
    }

    public int destinationPort() {
        return (int) DESTINATION_PORT.of(this);
    }

    /** Header and data, by the header's own account. */
    public int datagramLength() {
        return (int) LENGTH_FIELD.of(this);
    }

    /** 0 where the sender computed none. */
    public int checksum() {
        return (int) CHECKSUM.of(this);
    }

    /**
     * Says whether the checksum is right in a packet with that header; false where there is none, or where the capture did not
     * keep the whole datagram. See {@link Dissection#carrier}.
     */
    public boolean checksumValid(IpHeader carrier) {
        return checksum() != 0
                && complete()
                && new InternetChecksum()
                                .addPseudoHeader(
                                        carrier.source(),
                                        carrier.destination(),
                                        17,
                                        withPayload().length())
                                .add(withPayload())
                                .value()
                        == 0;
    }
}
