package dev.culvert.harness.packet;

import java.util.List;

/**
 * A VLAN tag (IEEE 802.1Q §9.6) as it lies in a frame: behind the tag protocol identifier, which is the type field of the header
 * before it (0x8100 for a C-tag, 0x88a8 for an S-tag), the tag control information and the type of what follows.
 */
public final class VlanTag extends Header {

    /** Priority code point. */
    public static final Field PCP = Field.decimal("pcp", 0, 3);
    /** Drop eligible indicator. */
    public static final Field DEI = Field.decimal("dei", 3, 1);
    /** VLAN identifier. */
    public static final Field VID = Field.decimal("vid", 4, 12);

    public static final Field TYPE = Field.hex("type", 16, 16);

    /** The type that announces a customer's tag. */
    public static final int C_TAG = 0x8100;
    /** The type that announces a service provider's tag. */
    public static final int S_TAG = 0x88a8;

    public static final int LENGTH = 4;

    private static final List<Field> FIELDS = List.of(PCP, DEI, VID, TYPE);

    private VlanTag(Room room) {
        super(room, LENGTH);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(LENGTH)) {
            trail.end(room.tooShortFor("VLAN tag", LENGTH));
            return;
        }
        VlanTag tag = new VlanTag(room);
        trail.add(tag);
        trail.follow(Next.etherType((int) TYPE.of(tag)), tag.body());
    }

    @Override
    public String protocol() {
        return "VLAN";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    public int pcp() {
        return (int) PCP.of(this);
    }

    public int vid() {
        return (int) VID.of(this);
    }

    /** All 16 bits of tag control information. */
    public int tci() {
        return packet().u16(offset());
    }
}
