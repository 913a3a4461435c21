package dev.culvert.harness.netlink;

/** Which part of the kernel a netlink socket speaks with (include/uapi/linux/netlink.h). */
public enum NetlinkProtocol {
    /** Links, addresses, routes, neighbours. */
    ROUTE(0);

    private final int number;

    NetlinkProtocol(int number) {
        this.number = number;
    }

    /** The protocol's number in {@code socket(AF_NETLINK, …)}. */
    public int number() {
        return number;
    }
}
