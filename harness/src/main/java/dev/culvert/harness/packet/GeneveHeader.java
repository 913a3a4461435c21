package dev.culvert.harness.packet;

import java.util.List;

/**
 * The fixed part of a Geneve header (RFC 8926 section 3.4) as it lies in a packet; each option behind it is a header of its own. What lies
 * behind the fixed part of another version is not known, and payload.
 */
public final class GeneveHeader extends Header {

    public static final Field VERSION = Field.decimal("version", 0, 2);
    /** Of all options together, in units of 4 bytes. */
    public static final Field OPTION_LENGTH = Field.decimal("option length", 2, 6);
    /** Control packet. */
    public static final Field CONTROL = Field.decimal("o", 8, 1);
    /** Critical options are there. */
    public static final Field CRITICAL = Field.decimal("c", 9, 1);

    public static final Field RESERVED1 = Field.hex("reserved bits", 10, 6);
    public static final Field PROTOCOL_TYPE = Field.hex("protocol type", 16, 16);
    public static final Field VNI = Field.decimal("vni", 32, 24);
    public static final Field RESERVED2 = Field.hex("reserved byte", 56, 8);

    /** The length without options. */
    public static final int LENGTH = 8;

    private static final List<Field> FIELDS =
            List.of(VERSION, OPTION_LENGTH, CONTROL, CRITICAL, RESERVED1, PROTOCOL_TYPE, VNI, RESERVED2);

    private GeneveHeader(Room room) {
        super(room, LENGTH);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(LENGTH)) {
            trail.end(room.tooShortFor("Geneve header", LENGTH));
            return;
        }
        GeneveHeader header = new GeneveHeader(room);
        trail.add(header);
        int options = (int) OPTION_LENGTH.of(header) * 4;
        if (VERSION.of(header) != 0) {
            trail.end(header.body());
        } else if (!header.body().has(options)) {
            trail.end(header.body().tooShortFor("Geneve options", options));
        } else if (GeneveOption.decodeAll(header.body().limitedTo(options), trail)) {
            trail.follow(Next.etherType(header.protocolType()), header.body().after(options));
        }
    }

    @Override
    public String protocol() {
        return "Geneve";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    /** The EtherType of what lies behind the options. */
    public int protocolType() {
        return (int) PROTOCOL_TYPE.of(this);
    }

    /** The virtual network identifier, 24 bits. */
    public int vni() {
        return (int) VNI.of(this);
    }
}
