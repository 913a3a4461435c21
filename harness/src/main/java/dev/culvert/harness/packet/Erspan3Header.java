package dev.culvert.harness.packet;

import java.util.List;

/**
 * An ERSPAN header of type III (draft-foschiano-erspan-02 section 4.3) as it lies in a packet, with the 8 bytes of its platform
 * specific subheader where O is 1; of those only the platform's number is known.
 */
public final class Erspan3Header extends ErspanHeader {

    /** What is wrong with the frame: 0 nothing, 1 short, 2 oversized, 3 bad. */
    public static final Field BSO = Field.decimal("bso", 19, 2);
    /** In units that {@link #GRA} gives. */
    public static final Field TIMESTAMP = Field.decimal("timestamp", 32, 32);
    /** Security group tag. */
    public static final Field SGT = Field.decimal("sgt", 64, 16);
    /** 1 where an Ethernet frame is mirrored. */
    public static final Field P = Field.decimal("p", 80, 1);
    /** Frame type: 0 Ethernet, 2 IP. */
    public static final Field FT = Field.decimal("ft", 81, 5);
    /** Hardware identifier of the mirroring engine. */
    public static final Field HW_ID = Field.decimal("hw id", 86, 6);
    /** Direction: 0 ingress, 1 egress. */
    public static final Field D = Field.decimal("d", 92, 1);
    /** Granularity of the timestamp: 0 100 µs, 1 100 ns, 2 IEEE 1588. */
    public static final Field GRA = Field.decimal("gra", 93, 2);
    /** 1 where a platform specific subheader follows. */
    public static final Field O = Field.decimal("o", 95, 1);
    /** The first field of the subheader. */
    public static final Field PLATFORM_ID = Field.decimal("platform id", 96, 6);

    /** Without the subheader. */
    public static final int LENGTH = 12;

    private static final int SUBHEADER = 8;
    private static final int ETHERNET = 0;
    private static final int IP = 2;
    private static final List<Field> FIELDS =
            List.of(VERSION, VLAN, COS, BSO, TRUNCATED, SESSION_ID, TIMESTAMP, SGT, P, FT, HW_ID, D, GRA, O);
    private static final List<Field> WITH_SUBHEADER = List.of(
            VERSION, VLAN, COS, BSO, TRUNCATED, SESSION_ID, TIMESTAMP, SGT, P, FT, HW_ID, D, GRA, O, PLATFORM_ID);

    private Erspan3Header(Room room, int length) {
        super(room, length);
    }

    static void decode(Room room, Trail trail) {
        int length = LENGTH + (room.has(LENGTH) && (room.u8(LENGTH - 1) & 1) == 1 ? SUBHEADER : 0);
        if (!room.has(length)) {
            trail.end(room.tooShortFor("ERSPAN type III header", length));
            return;
        }
        Erspan3Header header = new Erspan3Header(room, length);
        trail.add(header);
        int frameType = (int) FT.of(header);
        if (frameType == ETHERNET) {
            trail.follow(Next.linkType(LinkType.ETHERNET), header.frame());
        } else if (frameType == IP) {
            trail.follow(Next.IP_BY_VERSION, header.frame());
        } else {
            trail.end(header.body());
        }
    }

    @Override
    public String protocol() {
        return "ERSPAN III";
    }

    @Override
    public List<Field> fields() {
        return O.of(this) == 1 ? WITH_SUBHEADER : FIELDS;
    }

    public int bso() {
        return (int) BSO.of(this);
    }

    public long timestamp() {
        return TIMESTAMP.of(this);
    }

    public int hwId() {
        return (int) HW_ID.of(this);
    }

    /** Says whether the frame was seen leaving; it was seen coming in otherwise. */
    public boolean egress() {
        return D.of(this) == 1;
    }
}
