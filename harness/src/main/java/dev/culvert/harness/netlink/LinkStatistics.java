package dev.culvert.harness.netlink;

import dev.culvert.harness.packet.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel counts for a link ({@code RTM_NEWSTATS} with {@code IFLA_STATS_LINK_64}).
 *
 * @param index of the link
 * @param counts the fields of {@code struct rtnl_link_stats64} in the kernel's order (include/uapi/linux/if_link.h); a newer kernel has more
 */
public record LinkStatistics(long index, List<Long> counts) {

    /** {@code IFLA_STATS_LINK_64}. */
    private static final int LINK_64 = 1;

    /** Length of {@code struct if_stats_msg}: family, padding, index, filter mask. */
    private static final int HEADER = 12;

    private static final int INDEX = 4;

    public LinkStatistics {
        counts = List.copyOf(counts);
    }

    /** Reads the messages of a dump, one behind the other; throws {@link MalformedNetlink} for a length that does not fit. */
    public static List<LinkStatistics> all(byte[] dump) {
        List<LinkStatistics> all = new ArrayList<>();
        for (NetlinkMessage message : NetlinkMessage.split(dump)) {
            ByteBuffer body = message.body();
            if (body.limit() < HEADER) {
                throw new MalformedNetlink(
                        0, "statistics of a link take " + HEADER + " bytes and more, and they have " + body.limit());
            }
            Optional<Bytes> counts = ReceivedAttributes.of(body, HEADER).bytes(LINK_64);
            counts.ifPresent(bytes ->
                    all.add(new LinkStatistics(Integer.toUnsignedLong(body.getInt(INDEX)), numbers(bytes.toArray()))));
        }
        return all;
    }

    private static List<Long> numbers(byte[] bytes) {
        LongBuffer numbers =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        List<Long> counts = new ArrayList<>();
        while (numbers.hasRemaining()) {
            counts.add(numbers.get());
        }
        return counts;
    }
}
