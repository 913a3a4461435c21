package dev.culvert.harness.netlink;

/** Which part of the kernel a netlink socket speaks with (include/uapi/linux/netlink.h). */
public enum NetlinkProtocol {
    /** Links, addresses, routes, neighbours. */
    ROUTE(0, "rtnetlink"),
    /** States and policies of IPsec. */
    XFRM(6, "xfrm"),
    /** Parts of the kernel that are called families, found by their names. */
    GENERIC(16, "genetlink");

    private final int number;
    private final String word;

    NetlinkProtocol(int number, String word) {
        this.number = number;
        this.word = word;
    }

    /** What people call it. */
    public String word() {
        return word;
    }

    /** The protocol's number in {@code socket(AF_NETLINK, …)}. */
    public int number() {
        return number;
    }
}
