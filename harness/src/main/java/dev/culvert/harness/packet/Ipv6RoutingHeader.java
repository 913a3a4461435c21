package dev.culvert.harness.packet;

import java.util.List;

/** A routing header (RFC 8200 §4.4) as it lies in a packet, whatever its type; the data of the type is not read. */
public final class Ipv6RoutingHeader extends Header {

    public static final Field NEXT_HEADER = Field.decimal("next header", 0, 8);
    /** In units of 8 bytes, the first 8 not counted. */
    public static final Field HEADER_LENGTH = Field.decimal("hdr ext len", 8, 8);

    public static final Field ROUTING_TYPE = Field.decimal("routing type", 16, 8);
    public static final Field SEGMENTS_LEFT = Field.decimal("segments left", 24, 8);

    private static final List<Field> FIELDS = List.of(NEXT_HEADER, HEADER_LENGTH, ROUTING_TYPE, SEGMENTS_LEFT);

    private Ipv6RoutingHeader(Room room, int length) {
        super(room, length);
    }

    static void decode(Room room, Trail trail) {
        int length = room.has(2) ? Ipv6Chain.UNIT * (1 + room.u8(1)) : Ipv6Chain.UNIT;
        if (!room.has(length)) {
            trail.end(room.tooShortFor("routing header", length));
            return;
        }
        Ipv6RoutingHeader header = new Ipv6RoutingHeader(room, length);
        trail.add(header);
        trail.follow(Next.ipProtocol((int) NEXT_HEADER.of(header)), header.body());
    }

    @Override
    public String protocol() {
        return "IPv6 routing";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    /** How many nodes are still to be visited; the destination is only then the last one when this is 0. */
    public int segmentsLeft() {
        return (int) SEGMENTS_LEFT.of(this);
    }
}
