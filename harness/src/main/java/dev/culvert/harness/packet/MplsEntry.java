package dev.culvert.harness.packet;

import java.util.List;

/** One entry of an MPLS label stack (RFC 3032 §2.1, "TC" by RFC 5462) as it lies in a packet. */
public final class MplsEntry extends Header {

    public static final Field LABEL = Field.decimal("label", 0, 20);
    public static final Field TC = Field.decimal("tc", 20, 3);
    public static final Field BOTTOM = Field.decimal("bottom of stack", 23, 1);
    public static final Field TTL = Field.decimal("ttl", 24, 8);

    public static final int LENGTH = 4;

    private static final Next MPLS = Next.ipProtocol(137);

    private static final List<Field> FIELDS = List.of(LABEL, TC, BOTTOM, TTL);

    private MplsEntry(Room room) {
        super(room, LENGTH);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(LENGTH)) {
            trail.end(room.tooShortFor("MPLS label stack entry", LENGTH));
            return;
        }
        MplsEntry entry = new MplsEntry(room);
        trail.add(entry);
        if (!entry.bottom()) {
            trail.follow(MPLS, entry.body());
        } else if (IpVersion.starts(entry.body())) {
            trail.follow(Next.IP_BY_VERSION, entry.body());
        } else {
            trail.end(entry.body());
        }
    }

    @Override
    public String protocol() {
        return "MPLS";
    }

    @Override
    boolean nests() {
        return false;
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    public int label() {
        return (int) LABEL.of(this);
    }

    /** The traffic class, once called EXP. */
    public int tc() {
        return (int) TC.of(this);
    }

    public boolean bottom() {
        return BOTTOM.of(this) == 1;
    }

    public int ttl() {
        return (int) TTL.of(this);
    }
}
