package dev.culvert.harness.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.UdpEncapsulation.Header;
import dev.culvert.topologies.UdpListener;
import dev.culvert.topologies.plan.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class FouRequestsTest {

    private final ScriptedKernel kernel = new ScriptedKernel();
    private final NetlinkSession session = new NetlinkSession(protocol -> kernel);

    private static NetlinkRequest add(UdpListener listener) {
        return ChangeRequests.of(new Change.AddUdpListener(listener));
    }

    @Test
    void asksForAPortAsTheKernelReadsIt() {
        Bytes message = add(new UdpListener(Family.IPV4, 5555, Header.FOU, 4))
                .withType(0x1b)
                .encode(1, device -> 0)
                .bytes();

        assertThat(message.toString())
                .isEqualTo(Bytes.parse(String.join(
                                " ",
                                // 52 bytes, family 0x1b, REQUEST ACK, sequence 1
                                "34 00 00 00  1b 00  05 00  01 00 00 00  00 00 00 00",
                                // FOU_CMD_ADD, version 1
                                "01 01 00 00",
                                // FOU_ATTR_PORT 5555 in network order, FOU_ATTR_AF AF_INET
                                "06 00 01 00  15 b3 00 00  05 00 02 00  02 00 00 00",
                                // FOU_ATTR_TYPE FOU_ENCAP_DIRECT, FOU_ATTR_IPPROTO 4
                                "05 00 04 00  01 00 00 00  05 00 03 00  04 00 00 00"))
                        .toString());
    }

    @Test
    void leavesTheProtocolToTheGueHeader() {
        assertThat(add(new UdpListener(Family.IPV4, 6080, Header.GUE, 4)).line())
                .containsExactly(
                        "genetlink:fou",
                        "FOU_CMD_ADD",
                        "NLM_F_ACK",
                        "cmd=1",
                        "version=1",
                        "FOU_ATTR_PORT=6080",
                        "FOU_ATTR_AF=2",
                        "FOU_ATTR_TYPE=2");
    }

    @Test
    void asksForAPortOfIpv6() {
        assertThat(add(new UdpListener(Family.IPV6, 5555, Header.FOU, 41)).line())
                // AF_INET6
                .contains("FOU_ATTR_AF=10", "FOU_ATTR_IPPROTO=41");
    }

    @Test
    void goesToTheNumberThatTheFamilyHas() {
        kernel.tellsFamily("fou", 0x1b).ends(0).ends(0);

        List<Outcome> outcomes = session.carryOut(List.of(
                add(new UdpListener(Family.IPV4, 5555, Header.FOU, 4)),
                add(new UdpListener(Family.IPV4, 5556, Header.FOU, 4))));

        assertThat(outcomes).hasSize(2).noneMatch(Outcome::isRefusal);
        assertThat(kernel.asked().stream().flatMap(List::stream))
                .extracting(NetlinkMessage::type)
                .containsExactly(16, 0x1b, 0x1b);
    }

    @Test
    void aFamilyThatIsMissingIsWhatTheRequestFailsBy() {
        kernel.ends(2);

        List<Outcome> outcomes = session.carryOut(List.of(add(new UdpListener(Family.IPV4, 5555, Header.FOU, 4))));

        assertThat(outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.said()).startsWith("No such file or directory");
            assertThat(String.join(" ", outcome.request().words())).contains("CTRL_ATTR_FAMILY_NAME=fou");
        });
    }
}
