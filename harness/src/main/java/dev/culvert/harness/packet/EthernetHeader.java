package dev.culvert.harness.packet;

import java.util.List;

/** An Ethernet II header (IEEE 802.3 §3.2) as it lies in a frame; VLAN tags are headers of their own. */
public final class EthernetHeader extends Header {

    public static final Field DESTINATION = Field.mac("destination", 0);
    public static final Field SOURCE = Field.mac("source", 48);
    public static final Field TYPE = Field.hex("type", 96, 16);

    public static final int LENGTH = 14;

    private static final List<Field> FIELDS = List.of(DESTINATION, SOURCE, TYPE);

    private EthernetHeader(Room room) {
        super(room, LENGTH);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(LENGTH)) {
            trail.end(room.tooShortFor("Ethernet header", LENGTH));
            return;
        }
        EthernetHeader header = new EthernetHeader(room);
        trail.add(header);
        trail.follow(Next.etherType(header.type()), header.body());
    }

    @Override
    public String protocol() {
        return "Ethernet";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    /** In the form {@code 02:00:00:00:00:01}. */
    public String destination() {
        return DESTINATION.text(this);
    }

    /** In the form {@code 02:00:00:00:00:01}. */
    public String source() {
        return SOURCE.text(this);
    }

    public int type() {
        return (int) TYPE.of(this);
    }
}
