package dev.culvert.harness.packet;

/** Takes packets apart into their layers, as deep as they nest. */
public final class Dissector {

    private Dissector() {}

    /** Dissects a packet of which every byte was kept. */
    public static Dissection dissect(Bytes packet, LinkType linkType) {
        return dissect(packet, linkType, UdpPorts.REGISTERED);
    }

    /** Dissects a packet of which every byte was kept, where ports have a meaning of their own. */
    public static Dissection dissect(Bytes packet, LinkType linkType, UdpPorts ports) {
        return dissect(packet, packet.length(), linkType, ports);
    }

    /**
     * Dissects a packet of which only the beginning may have been kept.
     *
     * @param originalLength its length on the link, at least that of the kept bytes
     */
    public static Dissection dissect(Bytes packet, int originalLength, LinkType linkType, UdpPorts ports) {
        Room all = new Room(packet, 0, packet.length(), Math.max(originalLength, packet.length()));
        return new Dissection(packet, new Trail(Next.linkType(linkType), all).walk(Protocols.ALL, ports));
    }
}
