package dev.culvert.harness.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.Ipv4;
import java.net.Inet4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetlinkSessionTest {

    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final int RTM_GETLINK = 18;
    private static final int RTM_NEWADDR = 20;
    private static final Inet4Address ADDRESS = Ipv4.parse("198.51.100.1").orElseThrow();

    private final ScriptedKernel kernel = new ScriptedKernel();
    private final NetlinkSession session = new NetlinkSession(protocol -> kernel);

    private List<List<Integer>> typesAsked() {
        return kernel.asked().stream()
                .map(exchange -> exchange.stream().map(NetlinkMessage::type).toList())
                .toList();
    }

    private List<String> listed() {
        return session.dump(LinkRequests.dump()).stream()
                .map(message -> LinkMessage.of(message).name())
                .toList();
    }

    @Test
    void looksUpTheIndexOfADeviceBehindWhatMayHaveMadeIt() {
        kernel.ends(0).tells("t1", 7).ends(0).ends(0);

        List<Outcome> outcomes = session.carryOut(List.of(
                LinkRequests.setState("t1", true),
                AddressRequests.add("t1", ADDRESS, 24),
                AddressRequests.add("t1", ADDRESS, 25)));

        assertThat(outcomes).extracting(Outcome::error).containsExactly(0, 0, 0);
        assertThat(typesAsked()).containsExactly(List.of(RTM_NEWLINK, RTM_GETLINK), List.of(RTM_NEWADDR, RTM_NEWADDR));
        // struct ifaddrmsg: the index is its last four bytes
        assertThat(kernel.asked().get(1).get(0).body().getInt(4)).isEqualTo(7);
    }

    @Test
    void asksForAnIndexAgainWhenADeviceWentMeanwhile() {
        kernel.tells("t1", 7).ends(0).ends(0).tells("t1", 8).ends(0);

        session.carryOut(List.of(AddressRequests.add("t1", ADDRESS, 24), LinkRequests.delete("t1")));
        session.carryOut(List.of(AddressRequests.add("t1", ADDRESS, 24)));

        assertThat(typesAsked())
                .containsExactly(
                        List.of(RTM_GETLINK),
                        List.of(RTM_NEWADDR, RTM_DELLINK),
                        List.of(RTM_GETLINK),
                        List.of(RTM_NEWADDR));
        assertThat(kernel.asked().get(3).get(0).body().getInt(4)).isEqualTo(8);
    }

    @Test
    void goesNoFurtherThanTheRequestThatWasRefused() {
        kernel.ends(0).ends(Errno.EEXIST.number());

        List<Outcome> outcomes = session.carryOut(List.of(
                LinkRequests.setState("lo", true), LinkRequests.setMtu("lo", 70), LinkRequests.setMtu("lo", 80)));

        assertThat(outcomes).extracting(Outcome::error).containsExactly(0, 17);
        assertThat(outcomes.get(1).said()).isEqualTo("File exists");
        assertThat(outcomes.get(1).request().words()).contains("IFLA_MTU=70");
    }

    @Test
    void aDeviceThatIsNotThereIsARefusalOfItsLookup() {
        kernel.ends(Errno.ENODEV.number());

        List<Outcome> outcomes = session.carryOut(List.of(AddressRequests.add("t1", ADDRESS, 24)));

        assertThat(outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.said()).isEqualTo("No such device");
            assertThat(outcome.request().words()).contains("RTM_GETLINK", "IFLA_IFNAME=t1");
        });
    }

    @Test
    void listsAgainWhenTheKernelIsBusyWithAnotherListing() {
        kernel.ends(Errno.EBUSY.number()).ends(Errno.EBUSY.number()).lists(0, "lo", "eth0");

        assertThat(listed()).containsExactly("lo", "eth0");
        assertThat(kernel.asked()).hasSize(3);
    }

    @Test
    void listsAgainWhenSomethingChangedMeanwhile() {
        kernel.lists(ScriptedKernel.DUMP_INTERRUPTED, "lo").lists(0, "lo", "eth0");

        assertThat(listed()).containsExactly("lo", "eth0");
    }

    @Test
    void givesUpAListingThatNeverComesToAnEndUndisturbed() {
        for (int i = 0; i < 8; i++) {
            kernel.lists(ScriptedKernel.DUMP_INTERRUPTED, "lo");
        }

        assertThatThrownBy(this::listed)
                .isInstanceOf(NetlinkRefused.class)
                .hasMessage(
                        "RTM_GETLINK NLM_F_MATCH NLM_F_ROOT IFLA_EXT_MASK=8: 8 attempts were in vain, the last one because "
                                + "something changed while the kernel was listing it");
    }

    @Test
    void aRefusedListingIsNotTriedAgain() {
        kernel.ends(Errno.EOPNOTSUPP.number());

        assertThatThrownBy(this::listed)
                .isInstanceOf(NetlinkRefused.class)
                .hasMessageEndingWith("Operation not supported");
    }
}
