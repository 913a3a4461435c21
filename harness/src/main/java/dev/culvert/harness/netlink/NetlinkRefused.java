package dev.culvert.harness.netlink;

/** The kernel refused a request, in its words. */
public final class NetlinkRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NetlinkRefused(NetlinkRequest request, String said) {
        super(String.join(" ", request.words()) + ": " + said);
    }
}
