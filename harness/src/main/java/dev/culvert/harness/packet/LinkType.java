package dev.culvert.harness.packet;

/** What a captured packet starts with, by the number in libpcap's file header (https://www.tcpdump.org/linktypes.html). */
public record LinkType(int number) {

    public static final LinkType ETHERNET = new LinkType(1);
    /** Bare IPv4 or IPv6: what Linux hands out on a tunnel device. */
    public static final LinkType RAW = new LinkType(101);
    /** The 16-byte pseudo header of a capture on all interfaces. */
    public static final LinkType LINUX_SLL = new LinkType(113);
    /** Bare IPv4. */
    public static final LinkType IPV4 = new LinkType(228);

    @Override
    public String toString() {
        return switch (number) {
            case 1 -> "Ethernet";
            case 101 -> "raw IP";
            case 113 -> "Linux SLL";
            case 228 -> "IPv4";
            default -> "link type " + number;
        };
    }
}
