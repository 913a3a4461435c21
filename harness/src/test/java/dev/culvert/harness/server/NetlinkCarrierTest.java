package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Link;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.plan.Change;
import dev.culvert.topologies.plan.ChangeStep;
import dev.culvert.topologies.plan.LinkStep;
import dev.culvert.topologies.plan.RunStep;
import dev.culvert.topologies.plan.Step;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps are carried out on this machine's kernel, in network namespaces of their own. */
class NetlinkCarrierTest {

    private static final InterfaceAddress NEAR =
            new InterfaceAddress(Ipv4.parse("198.18.1.1").orElseThrow(), 24);
    private static final InterfaceAddress FAR =
            new InterfaceAddress(Ipv4.parse("198.18.1.2").orElseThrow(), 24);

    private LocalAgent agent;
    private Server server;
    private NetlinkCarrier carrier;

    @BeforeEach
    void isolate() throws InterruptedException {
        agent = LocalAgent.isolated();
        server = agent.attach();
        carrier = new NetlinkCarrier(place -> server, agent.log());
    }

    @AfterEach
    void end() {
        if (agent != null) {
            agent.close();
        }
    }

    private static Step at(Place place, Change change) {
        return new ChangeStep(place, change, "try it");
    }

    private static Step pairWithHost() {
        Port near = new Port(Place.A, "lan0", "02:00:00:00:00:2a", NEAR, 1400);
        Port far = new Port(Place.H, "eth0", "02:00:00:00:00:3a", FAR, 1300);
        return new LinkStep(new Link(near, far), "link to LAN host h");
    }

    private String shown(Place place, String... argv) {
        return server.run(Command.at(place, argv)).stdout();
    }

    @Test
    void joinsAServerWithTheLanHostInItsNamespace() {
        // A namespace by name needs a directory of its own for the names.
        server.runOrThrow(Command.at(Place.A, "mount", "-t", "tmpfs", "none", "/run"));

        carrier.carryOut(List.of(
                new RunStep(Place.A, List.of("ip", "netns", "add", "h"), "a LAN host behind a"),
                pairWithHost(),
                at(Place.A, new Change.AddAddress("lan0", NEAR)),
                at(Place.H, new Change.AddAddress("eth0", FAR)),
                at(Place.H, new Change.SetState("eth0", true))));

        assertThat(shown(Place.A, "ip", "-br", "addr")).contains("lan0@", "198.18.1.1/24");
        assertThat(shown(Place.A, "ip", "link", "show", "lan0")).contains("mtu 1400", "02:00:00:00:00:2a");
        assertThat(shown(Place.H, "ip", "link", "show", "eth0")).contains("mtu 1300", "02:00:00:00:00:3a", "UP");
        assertThat(shown(Place.H, "ip", "-br", "addr")).contains("eth0@", "198.18.1.2/24");
    }

    @Test
    void namesTheStepThatTheKernelRefusesInItsWordsAndStopsThere() {
        Step twice = at(Place.A, new Change.AddAddress("lo", NEAR));
        Step behind = at(Place.A, new Change.SetState("lo", true));

        assertThatThrownBy(() -> carrier.carryOut(List.of(twice, twice, behind)))
                .isInstanceOf(ConfigurationFailed.class)
                .hasMessageStartingWith("a: try it: `rtnetlink RTM_NEWADDR ")
                .hasMessageContaining("IFA_LOCAL=198.18.1.1")
                // inet_rtm_newaddr in net/ipv4/devinet.c
                .hasMessageContaining("` was refused with error 17: File exists");

        assertThat(agent.log().records()).extracting(CommandRecord::exit).containsExactly(0, 17);
    }

    @Test
    void logsEachRequestAsItIsReadByPeople() {
        carrier.carryOut(List.of(at(Place.A, new Change.SetState("lo", true))));

        assertThat(agent.log().records())
                .singleElement()
                .satisfies(record -> assertThat(record.argv())
                        .containsExactly(
                                "rtnetlink",
                                "RTM_NEWLINK",
                                "NLM_F_ACK",
                                "ifi_flags=1",
                                "ifi_change=1",
                                "IFLA_IFNAME=lo"));
    }

    @Test
    void takesAllAddressesFromADevice() {
        InterfaceAddress second = new InterfaceAddress(Ipv4.parse("198.18.1.9").orElseThrow(), 24);
        InterfaceAddress six = new InterfaceAddress(Ipv6.parse("2001:db8:a1::1").orElseThrow(), 64);
        server.run(Command.at(Place.A, "sysctl", "-q", "-w", "net.ipv6.conf.lo.disable_ipv6=0"));
        carrier.carryOut(List.of(
                at(Place.A, new Change.AddAddress("lo", NEAR)),
                at(Place.A, new Change.AddAddress("lo", second)),
                at(Place.A, new Change.AddAddress("lo", six))));
        assertThat(shown(Place.A, "ip", "addr", "show", "lo"))
                .contains("198.18.1.1/24", "198.18.1.9/24", "2001:db8:a1::1/64");

        carrier.carryOut(List.of(at(Place.A, new Change.FlushAddresses("lo"))));

        assertThat(shown(Place.A, "ip", "addr", "show", "lo")).doesNotContain("198.18.1", "2001:db8");
    }

    @Test
    void goesOnBehindAStepThatFindsNothing() {
        carrier.tryAll(List.of(
                at(Place.A, new Change.DeleteLink("t1")),
                at(Place.A, new Change.DeleteAddress("t1", NEAR)),
                at(Place.A, new Change.SetState("lo", true))));

        // ENODEV twice: also the look-up of a device's index is logged where it is refused
        assertThat(agent.log().records()).extracting(CommandRecord::exit).containsExactly(19, 19, 0);
    }
}
