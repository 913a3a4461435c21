package dev.culvert.harness.packet;

import java.util.List;

/** An ERSPAN header of type II (draft-foschiano-erspan-02 section 4.2) as it lies in a packet. */
public final class Erspan2Header extends ErspanHeader {

    /** How the frame was tagged at the port: 0 not, 1 by ISL, 2 by 802.1Q, 3 by a tag that is kept in the frame. */
    public static final Field EN = Field.decimal("en", 19, 2);

    public static final Field RESERVED = Field.hex("reserved", 32, 12);
    /** Of the mirrored port. */
    public static final Field INDEX = Field.decimal("index", 44, 20);

    public static final int LENGTH = 8;

    private static final List<Field> FIELDS = List.of(VERSION, VLAN, COS, EN, TRUNCATED, SESSION_ID, RESERVED, INDEX);

    private Erspan2Header(Room room) {
        super(room, LENGTH);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(LENGTH)) {
            trail.end(room.tooShortFor("ERSPAN type II header", LENGTH));
            return;
        }
        Erspan2Header header = new Erspan2Header(room);
        trail.add(header);
        trail.follow(Next.linkType(LinkType.ETHERNET), header.frame());
    }

    @Override
    public String protocol() {
        return "ERSPAN II";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    public int en() {
        return (int) EN.of(this);
    }

    public int index() {
        return (int) INDEX.of(this);
    }
}
