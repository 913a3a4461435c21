package dev.culvert.topologies;

/** What a tunnel may carry, by the EtherType that names it (RFC 2784 section 2.4, RFC 5332, and RFC 7637 section 3.3 for frames). */
public enum Carried {
    IPV4(0x0800),
    IPV6(0x86dd),
    /** A label stack and what lies behind it. */
    MPLS(0x8847),
    /** A whole Ethernet frame, without preamble and check sequence. */
    ETHERNET(0x6558);

    private final int etherType;

    Carried(int etherType) {
        this.etherType = etherType;
    }

    /** The number, 16 bits. */
    public int etherType() {
        return etherType;
    }
}
