package dev.culvert.harness.netlink;

/** Bytes that are no netlink messages: a length that contradicts another. */
public final class MalformedNetlink extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedNetlink(int offset, String why) {
        super("byte " + offset + " of what netlink answered: " + why);
    }
}
