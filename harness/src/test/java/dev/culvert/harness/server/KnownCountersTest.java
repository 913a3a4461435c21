package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.harness.evidence.Counters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownCountersTest {

    private static final long AT = 1_700_000_000_000_000_000L;
    private static final int EVERYTHING = 1;
    private static final int CHANGES = 0;

    private final KnownCounters known = new KnownCounters();

    @Test
    void namesEachCounterByItsSource() {
        Counters counters = known.next(everything());

        assertThat(counters.atNanos()).isEqualTo(AT);
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
    void changesWhatIsToldAndKeepsTheRest() {
        Counters before = known.next(everything());
        Request changes = new Request(RequestType.REST).u64(AT + 1).u8(CHANGES).text(statistics(7, 4, 5, 400, 500));
        changes.u32(1).u32(3).text("Icmp: 8");
        changes.u32(0);
        changes.u32(1).u32(1).text("Icmp6InErrors 2");
        changes.u32(0);

        Counters after = known.next(answer(changes));

        assertThat(after)
                .isEqualTo(new Counters(AT + 1, before.values())
                        .with("link.t1.rx_packets", 4)
                        .with("link.t1.rx_bytes", 400)
                        .with("snmp.Icmp.InMsgs", 8)
                        .with("snmp6.Icmp6InErrors", 2));
    }

    @Test
    void isWhatItWasWhenNothingChanged() {
        Counters before = known.next(everything());

        Counters after = known.next(answer(
                noLines(new Request(RequestType.REST).u64(AT + 1).u8(CHANGES).text(""))));

        assertThat(after).isEqualTo(new Counters(AT + 1, before.values()));
    }

    @Test
    void forgetsALinkThatIsGone() {
        known.next(everything());

        Counters after = known.next(answer(noLines(new Request(RequestType.REST)
                .u64(AT + 1)
                .u8(EVERYTHING)
                .text(statistics(1, 2))
                .text("1 lo\n"))));

        assertThat(after.values()).containsOnly(Map.entry("link.lo.rx_packets", 2L));
    }

    @Test
    void aLinkThatIsGoneBeforeItsNameIsKnownIsLeftOut() {
        Counters counters = known.next(answer(noLines(new Request(RequestType.REST)
                .u64(AT)
                .u8(EVERYTHING)
                .text(statistics(7, 3))
                .text("1 lo\n"))));

        assertThat(counters.values()).isEmpty();
    }

    @Test
    void refusesChangesOfWhatItDoesNotKnow() {
        Answer changes =
                answer(noLines(new Request(RequestType.REST).u64(AT).u8(CHANGES).text("")));

        assertThatThrownBy(() -> known.next(changes)).isInstanceOf(IllegalStateException.class);
    }

    private static Answer everything() {
        Request payload = new Request(RequestType.REST)
                .u64(AT)
                .u8(EVERYTHING)
                .text(statistics(7, 3, 5, 300, 500, 1, 2, -1))
                .text("1 lo\n7 t1\n");
        lines(payload, "Ip: Forwarding DefaultTTL", "Ip: 1 64", "Icmp: InMsgs", "Icmp: 7");
        lines(payload, "IpExt: InNoRoutes", "IpExt: -1");
        lines(payload, "Ip6InReceives 12", "Icmp6InErrors 0");
        lines(payload, "XfrmInError 0 ", "XfrmInNoStates 9 ");
        return answer(payload);
    }

    private static void lines(Request payload, String... lines) {
        payload.u32(lines.length);
        for (int i = 0; i < lines.length; i++) {
            payload.u32(i).text(lines[i]);
        }
    }

    private static Request noLines(Request payload) {
        return payload.u32(0).u32(0).u32(0).u32(0);
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
