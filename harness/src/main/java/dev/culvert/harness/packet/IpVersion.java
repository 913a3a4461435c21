package dev.culvert.harness.packet;

/** Tells IPv4 from IPv6 by the version nibble, where nothing before it does (raw IP links, the bottom of an MPLS stack). */
final class IpVersion {

    private IpVersion() {}

    /** Says whether the first nibble is that of an IP header; below an MPLS stack anything may lie. */
    static boolean starts(Room room) {
        return room.has(1) && (room.u8(0) >> 4 == 4 || room.u8(0) >> 4 == 6);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(1)) {
            trail.end(room.tooShortFor("IP header", 1));
            return;
        }
        int version = room.u8(0) >> 4;
        if (version == 4) {
            Ipv4Header.decode(room, trail);
        } else if (version == 6) {
            Ipv6Header.decode(room, trail);
        } else {
            trail.end(room.lie(0, "version " + version + " is neither 4 nor 6"));
        }
    }
}
