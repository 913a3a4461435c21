package dev.culvert.harness.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A message from the kernel.
 *
 * @param type {@code nlmsg_type}
 * @param flags {@code nlmsg_flags}
 * @param sequence that of the request it answers
 * @param body what lies behind {@code struct nlmsghdr}, from position 0, little-endian
 */
public record NetlinkMessage(int type, int flags, int sequence, ByteBuffer body) {

    /** {@code NLMSG_ERROR}, {@code NLMSG_DONE} of include/uapi/linux/netlink.h. */
    static final int ERROR = 2;

    static final int DONE = 3;

    /** {@code NLM_F_DUMP_INTR}: something changed while the kernel was listing it (nl_dump_check_consistent in include/net/netlink.h). */
    private static final int DUMP_INTERRUPTED = 0x010;

    private static final int HEADER = 16;

    /** Takes apart what was received; throws {@link MalformedNetlink} for a length that does not fit. */
    static List<NetlinkMessage> split(byte[] received) {
        ByteBuffer all = ByteBuffer.wrap(received).order(ByteOrder.LITTLE_ENDIAN);
        List<NetlinkMessage> messages = new ArrayList<>();
        int at = 0;
        while (at < received.length) {
            int left = received.length - at;
            if (left < HEADER) {
                throw new MalformedNetlink(at, "a header takes " + HEADER + " bytes, and " + left + " are left");
            }
            int length = all.getInt(at);
            if (length < HEADER || length > left) {
                throw new MalformedNetlink(at, "a length of " + length + " is not within " + HEADER + " … " + left);
            }
            messages.add(new NetlinkMessage(
                    Short.toUnsignedInt(all.getShort(at + 4)),
                    Short.toUnsignedInt(all.getShort(at + 6)),
                    all.getInt(at + 8),
                    all.slice(at + HEADER, length - HEADER).order(ByteOrder.LITTLE_ENDIAN)));
            at += (length + 3) & ~3;
        }
        return messages;
    }

    /** Whether it ends what a request is answered by. */
    boolean isLast() {
        return type == ERROR || type == DONE;
    }

    /** Whether the listing that it belongs to may have lost or doubled something. */
    boolean isInterrupted() {
        return (flags & DUMP_INTERRUPTED) != 0;
    }
}
