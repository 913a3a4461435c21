package dev.culvert.harness.netlink;

import dev.culvert.harness.packet.Bytes;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * A link as the kernel reports it ({@code RTM_NEWLINK}).
 *
 * @param flags {@code IFF_*} of include/uapi/linux/if.h
 * @param mtu in bytes, or -1 when the kernel did not tell it
 * @param kind {@code IFLA_INFO_KIND}; empty for a device without, an Ethernet card for instance
 * @param data the attributes of {@code IFLA_INFO_DATA} by number, each as the kernel wrote it
 */
public record LinkMessage(String name, long index, long flags, long mtu, String kind, Map<Integer, Bytes> data) {

    /** Length of {@code struct ifinfomsg}: family, padding, type, index, flags, change. */
    private static final int HEADER = 16;

    private static final int INDEX = 4;
    private static final int FLAGS = 8;

    /** Reads a message of type {@code RTM_NEWLINK}; throws {@link MalformedNetlink} when it is too short. */
    public static LinkMessage of(NetlinkMessage message) {
        ByteBuffer body = message.body();
        if (body.limit() < HEADER) {
            throw new MalformedNetlink(0, "a link takes " + HEADER + " bytes, and it has " + body.limit());
        }
        ReceivedAttributes attributes = ReceivedAttributes.of(body, HEADER);
        Optional<ReceivedAttributes> info = attributes.nested(18);
        return new LinkMessage(
                attributes.text(3).orElse(""),
                Integer.toUnsignedLong(body.getInt(INDEX)),
                Integer.toUnsignedLong(body.getInt(FLAGS)),
                attributes.number(4).orElse(-1),
                info.flatMap(i -> i.text(1)).orElse(""),
                info.flatMap(i -> i.nested(2)).map(ReceivedAttributes::all).orElse(Map.of()));
    }
}
