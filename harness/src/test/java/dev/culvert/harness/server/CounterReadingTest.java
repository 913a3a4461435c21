package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.Counters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CounterReadingTest {

    @Test
    void namesEachCounterByItsSource() {
        Answer answer = answer(new Request(RequestType.REST)
                .u64(1_700_000_000_000_000_000L)
                .text(statistics(7, 3, 5, 300, 500, 1, 2, -1))
                .text("1 lo\n7 t1\n")
                .u32(4)
                .text("snmp")
                .text("Ip: Forwarding DefaultTTL\nIp: 1 64\nIcmp: InMsgs\nIcmp: 7\n")
                .text("netstat")
                .text("IpExt: InNoRoutes\nIpExt: -1\n")
                .text("snmp6")
                .text("Ip6InReceives 12\nIcmp6InErrors 0\n")
                .text("xfrm_stat")
                .text("XfrmInError 0 \nXfrmInNoStates 9 \n"));

        Counters counters = CounterReading.read(answer);

        assertThat(counters.atNanos()).isEqualTo(1_700_000_000_000_000_000L);
        assertThat(counters.values())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("link.t1.rx_packets", 3L),
                        Map.entry("link.t1.tx_packets", 5L),
                        Map.entry("link.t1.rx_bytes", 300L),
                        Map.entry("link.t1.tx_bytes", 500L),
                        Map.entry("link.t1.rx_errors", 1L),
                        Map.entry("link.t1.tx_errors", 2L),
                        Map.entry("link.t1.rx_dropped", -1L),
                        Map.entry("snmp.Ip.Forwarding", 1L),
                        Map.entry("snmp.Ip.DefaultTTL", 64L),
                        Map.entry("snmp.Icmp.InMsgs", 7L),
                        Map.entry("netstat.IpExt.InNoRoutes", -1L),
                        Map.entry("snmp6.Ip6InReceives", 12L),
                        Map.entry("snmp6.Icmp6InErrors", 0L),
                        Map.entry("xfrm_stat.XfrmInError", 0L),
                        Map.entry("xfrm_stat.XfrmInNoStates", 9L)));
    }

    @Test
    void aLinkThatIsGoneBeforeItsNameIsKnownIsLeftOut() {
        Answer answer = answer(new Request(RequestType.REST)
                .u64(1_700_000_000_000_000_000L)
                .text(statistics(7, 3))
                .text("1 lo\n")
                .u32(0));

        assertThat(CounterReading.read(answer).values()).isEmpty();
    }

    /** An RTM_NEWSTATS message: nlmsghdr, if_stats_msg, and rtnl_link_stats64 as far as it is given. */
    private static byte[] statistics(int index, long... counts) {
        int length = 16 + 12 + 4 + 8 * counts.length;
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(length)
                .putShort((short) 92)
                .putShort((short) 2)
                .putInt(1)
                .putInt(0);
        message.putInt(0).putInt(index).putInt(1);
        message.putShort((short) (4 + 8 * counts.length)).putShort((short) 1);
        for (long count : counts) {
            message.putLong(count);
        }
        return message.array();
    }

    /** The payload of a request, behind its header of ten bytes, read as an answer. */
    private static Answer answer(Request payload) {
        ByteBuffer frame = ByteBuffer.wrap(payload.frame(1)).position(10);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return new Answer(bytes);
    }
}
