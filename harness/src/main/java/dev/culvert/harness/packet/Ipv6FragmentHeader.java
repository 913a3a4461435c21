package dev.culvert.harness.packet;

import java.util.List;

/** A fragment header (RFC 8200 §4.5) as it lies in a packet. */
public final class Ipv6FragmentHeader extends Header {

    public static final Field NEXT_HEADER = Field.decimal("next header", 0, 8);
    public static final Field RESERVED = Field.hex("reserved", 8, 8);
    /** Counted in units of 8 bytes, as it is sent. */
    public static final Field FRAGMENT_OFFSET = Field.decimal("fragment offset", 16, 13);

    public static final Field MORE = Field.decimal("m", 31, 1);
    public static final Field IDENTIFICATION = Field.hex("identification", 32, 32);

    public static final int LENGTH = Ipv6Chain.UNIT;

    private static final List<Field> FIELDS = List.of(NEXT_HEADER, RESERVED, FRAGMENT_OFFSET, MORE, IDENTIFICATION);

    private Ipv6FragmentHeader(Room room) {
        super(room, LENGTH);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(LENGTH)) {
            trail.end(room.tooShortFor("fragment header", LENGTH));
            return;
        }
        Ipv6FragmentHeader header = new Ipv6FragmentHeader(room);
        trail.add(header);
        if (header.fragmentOffset() > 0) {
            trail.end(header.body());
        } else {
            trail.follow(
                    Next.ipProtocol((int) NEXT_HEADER.of(header)),
                    header.moreFragments() ? header.body().beginning() : header.body());
        }
    }

    @Override
    public String protocol() {
        return "IPv6 fragment";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    /** In bytes, eight times the number in the header. */
    public int fragmentOffset() {
        return (int) FRAGMENT_OFFSET.of(this) * Ipv6Chain.UNIT;
    }

    public boolean moreFragments() {
        return MORE.of(this) == 1;
    }

    public long identification() {
        return IDENTIFICATION.of(this);
    }
}
