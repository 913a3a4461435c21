package dev.culvert.harness.packet;

import java.net.Inet4Address;
import java.util.List;

/** The first 8 bytes of an IGMP message, the same in all its versions (RFC 2236 §2, RFC 3376 §4). */
public final class IgmpHeader extends Header {

    public static final Field TYPE = Field.hex("type", 0, 8);
    public static final Field MAX_RESPONSE = Field.decimal("max response time", 8, 8);
    public static final Field CHECKSUM = Field.hex("checksum", 16, 16);
    /** A version 3 report has no group here, but a count of group records in the last two bytes. */
    public static final Field GROUP = Field.ipv4("group address", 32);

    public static final int LENGTH = 8;

    private static final List<Field> FIELDS = List.of(TYPE, MAX_RESPONSE, CHECKSUM, GROUP);

    private IgmpHeader(Room room) {
        super(room, LENGTH);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(LENGTH)) {
            trail.end(room.tooShortFor("IGMP message", LENGTH));
            return;
        }
        IgmpHeader header = new IgmpHeader(room);
        trail.add(header);
        trail.end(header.body());
    }

    @Override
    public String protocol() {
        return "IGMP";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    /** 0x11 query, 0x16 version 2 report, 0x17 leave, 0x22 version 3 report. */
    public int type() {
        return (int) TYPE.of(this);
    }

    public Inet4Address group() {
        return packet().ipv4(offset() + 4);
    }
}
