package dev.culvert.harness.packet;

import java.io.Serializable;

/** What follows a header: a number within the numbering that the header uses. */
public record Next(Space space, int number) implements Serializable {

    /** Whose numbers they are. */
    public enum Space {
        /** The link types of libpcap's file header. */
        LINK_TYPE,
        /** IEEE 802 numbers, as in Ethernet's type field. */
        ETHER_TYPE,
        /** IANA's protocol numbers, as in IPv4's protocol field and IPv6's next header field. */
        IP_PROTOCOL,
        /** UDP ports that a tunnel is known by. */
        UDP_PORT,
        /** Not numbered: what can only be one thing. */
        ALONE,
    }

    /** IPv4 or IPv6, to be told by the version nibble. */
    public static final Next IP_BY_VERSION = linkType(LinkType.RAW);

    /** ESP behind UDP, by the port that IANA registers for it (RFC 3948 section 2). */
    public static final Next ESP_IN_UDP = udpPort(4500);
    /** A GUE header, by the port that IANA registers for it. */
    public static final Next GUE = udpPort(6080);
    /** A Geneve header, by its port (RFC 8926 section 3.3). */
    public static final Next GENEVE = udpPort(6081);
    /** An MPLS label stack, by its port (RFC 7510 section 3). */
    public static final Next MPLS_IN_UDP = udpPort(6635);
    /** An option of neighbor discovery. */
    static final Next ND_OPTION = new Next(Space.ALONE, 0);

    public static Next linkType(LinkType type) {
        return new Next(Space.LINK_TYPE, type.number());
    }

    public static Next etherType(int number) {
        return new Next(Space.ETHER_TYPE, number);
    }

    public static Next ipProtocol(int number) {
        return new Next(Space.IP_PROTOCOL, number);
    }

    public static Next udpPort(int number) {
        return new Next(Space.UDP_PORT, number);
    }
}
