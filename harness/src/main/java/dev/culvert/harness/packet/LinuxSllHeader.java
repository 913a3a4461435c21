package dev.culvert.harness.packet;

import java.util.List;

/**
 * The pseudo header of a Linux capture on all interfaces
 * (<a href="https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html">LINKTYPE_LINUX_SLL</a>).
 */
public final class LinuxSllHeader extends Header {

    /** 0 to us, 1 broadcast, 2 multicast, 3 to somebody else, 4 sent by us. */
    public static final Field PACKET_TYPE = Field.decimal("packet type", 0, 16);

    public static final Field ARPHRD_TYPE = Field.decimal("ARPHRD type", 16, 16);
    public static final Field PROTOCOL_TYPE = Field.hex("protocol type", 112, 16);

    public static final int LENGTH = 16;

    private static final List<Field> FIELDS = List.of(PACKET_TYPE, ARPHRD_TYPE, PROTOCOL_TYPE);

    private LinuxSllHeader(Room room) {
        super(room, LENGTH);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(LENGTH)) {
            trail.end(room.tooShortFor("Linux SLL header", LENGTH));
            return;
        }
        LinuxSllHeader header = new LinuxSllHeader(room);
        trail.add(header);
        trail.follow(Next.etherType((int) PROTOCOL_TYPE.of(header)), header.body());
    }

    @Override
    public String protocol() {
        return "Linux SLL";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }
}
