package dev.culvert.harness.packet;

/**
 * Where the extension headers of an IPv6 packet end (RFC 8200 §4).
 *
 * @param number what follows them; that of an extension header if it does not fit
 * @param room what lies behind them
 */
record Ipv6Chain(int number, Room room) {

    static final int HOP_BY_HOP = 0;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int DESTINATION_OPTIONS = 60;

    /** What extension headers are counted in, in bytes. */
    static final int UNIT = 8;

    static Ipv6Chain behind(Ipv6Header ip) {
        Ipv6Chain chain = new Ipv6Chain(ip.nextHeader(), ip.body());
        while (chain.goesOn()) {
            Room room = chain.room;
            boolean laterFragment = chain.number == FRAGMENT && room.u16(2) >> 3 != 0;
            chain = new Ipv6Chain(room.u8(0), room.after(chain.length()));
            if (laterFragment) {
                return chain;
            }
        }
        return chain;
    }

    private boolean goesOn() {
        boolean extension =
                number == HOP_BY_HOP || number == ROUTING || number == FRAGMENT || number == DESTINATION_OPTIONS;
        return extension && room.has(UNIT) && room.has(length());
    }

    /** The second byte counts what comes after the first 8 bytes; a fragment header has no such byte. */
    private int length() {
        return number == FRAGMENT ? UNIT : UNIT * (1 + room.u8(1));
    }
}
