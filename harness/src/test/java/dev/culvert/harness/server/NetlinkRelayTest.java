package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.harness.netlink.ChangeRequests;
import dev.culvert.harness.netlink.LinkMessage;
import dev.culvert.harness.netlink.LinkRequests;
import dev.culvert.harness.netlink.NetlinkProtocol;
import dev.culvert.harness.netlink.NetlinkRequest;
import dev.culvert.harness.netlink.NetlinkSession;
import dev.culvert.harness.netlink.Outcome;
import dev.culvert.harness.netlink.Relay;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.plan.Change;
import java.io.IOException;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel of this machine is asked over a local agent, in a network namespace of its own. */
class NetlinkRelayTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Inet4Address NEAR = Ipv4.parse("198.51.100.1").orElseThrow();
    private static final Inet4Address FAR = Ipv4.parse("198.51.100.2").orElseThrow();

    private LocalAgent agent;
    private Server server;
    private NetlinkSession session;

    @BeforeEach
    void isolate() throws InterruptedException {
        agent = LocalAgent.isolated();
        server = agent.attach();
        session = new NetlinkSession(protocol -> relay());
    }

    @AfterEach
    void end() {
        if (agent != null) {
            agent.close();
        }
    }

    private Relay relay() {
        return server.netlink(Place.A, NetlinkProtocol.ROUTE);
    }

    private NetlinkRequest pair(String near, String far) {
        InterfaceAddress address = new InterfaceAddress(NEAR, 24);
        return LinkRequests.addPair(
                new Port(Place.A, near, "02:00:00:00:00:0a", address, 1400),
                new Port(Place.A, far, "02:00:00:00:00:0b", address, 1300),
                server.pid());
    }

    private List<Outcome> make(NetlinkRequest first, Change... changes) {
        return session.carryOut(
                Stream.concat(Stream.of(first), Stream.of(changes).map(ChangeRequests::of))
                        .toList());
    }

    private List<String> listed(Relay relay) {
        return new NetlinkSession(protocol -> relay)
                .dump(LinkRequests.dump()).stream()
                        .map(LinkMessage::of)
                        .map(LinkMessage::name)
                        .toList();
    }

    private JsonNode ip(String... words) throws IOException {
        List<String> argv = new ArrayList<>(List.of("ip", "-j"));
        argv.addAll(List.of(words));
        return JSON.readTree(server.runOrThrow(Command.at(Place.A, argv)).stdout());
    }

    @Test
    void theKernelTakesWhatIproute2ThenShows() throws IOException {
        List<Outcome> outcomes = make(
                pair("near0", "far0"),
                new Change.AddAddress("near0", new InterfaceAddress(NEAR, 24)),
                new Change.SetState("near0", true),
                new Change.SetState("far0", true),
                new Change.SetMtu("near0", 1280),
                new Change.SetNeighbour("near0", FAR, "02:00:00:00:00:0b"),
                new Change.AddRoute(Subnet.around(Ipv4.address(0xc6120200), 24), FAR, null, false, List.of()));

        assertThat(outcomes)
                .hasSize(7)
                .allMatch(outcome -> !outcome.isRefusal() && outcome.said().isEmpty());
        JsonNode link = ip("link", "show", "dev", "near0").get(0);
        assertThat(link.path("address").asText()).isEqualTo("02:00:00:00:00:0a");
        assertThat(link.path("mtu").asInt()).isEqualTo(1280);
        assertThat(link.path("flags").toString()).contains("\"UP\"");
        assertThat(ip("link", "show", "dev", "far0").get(0).path("mtu").asInt()).isEqualTo(1300);
        JsonNode address =
                ip("addr", "show", "dev", "near0").get(0).path("addr_info").get(0);
        assertThat(address.path("local").asText()).isEqualTo("198.51.100.1");
        assertThat(address.path("prefixlen").asInt()).isEqualTo(24);
        JsonNode neighbour = ip("neigh", "show", "dev", "near0").get(0);
        assertThat(neighbour.path("lladdr").asText()).isEqualTo("02:00:00:00:00:0b");
        assertThat(neighbour.path("state").toString()).isEqualTo("[\"PERMANENT\"]");
        JsonNode route = ip("route", "show", "198.18.2.0/24").get(0);
        assertThat(route.path("gateway").asText()).isEqualTo("198.51.100.2");
        assertThat(route.path("protocol").asText("boot")).isEqualTo("boot");
    }

    @Test
    void takesAwayWhatItMade() throws IOException {
        List<Outcome> outcomes = make(
                pair("near0", "far0"),
                new Change.AddAddress("lo", new InterfaceAddress(NEAR, 32)),
                new Change.DeleteAddress("lo", new InterfaceAddress(NEAR, 32)),
                new Change.DeleteLink("near0"));

        assertThat(outcomes).hasSize(4).noneMatch(Outcome::isRefusal);
        assertThat(ip("link")).hasSize(1);
        assertThat(ip("addr", "show", "dev", "lo").get(0).path("addr_info")).isEmpty();
    }

    @Test
    void tellsTheKernelsWordsAndTheAttributeThatItBlames() {
        Outcome refused =
                make(pair("near0", "far0"), new Change.SetMtu("near0", 65536)).get(1);

        assertThat(refused.isRefusal()).isTrue();
        // veth_setup in drivers/net/veth.c allows ETH_MAX_MTU; dev_validate_mtu in net/core/dev.c says the words
        assertThat(refused.said()).isEqualTo("Invalid argument: mtu greater than device maximum");
    }

    @Test
    void aKindThatTheKernelDoesNotKnowIsNamed() {
        Outcome refused = session.carryOut(List.of(LinkRequests.add("t1", null, new LinkInfo("nosuchkind", List.of()))))
                .get(0);

        assertThat(refused.said()).startsWith("Operation not supported: Unknown device type");
    }

    @Test
    void listsAgainWhenTheKernelIsBusy() {
        manyPairs();
        List<Bytes> tried = new ArrayList<>();
        Relay busy = datagrams -> {
            Bytes dump = datagrams.get(0);
            tried.add(dump);
            // Another listing of the same socket is begun first, and is not over when this one is asked for.
            return relay().exchange(List.of(tried.size() == 1 ? Bytes.join(ofSomebodyElse(dump), dump) : dump));
        };

        List<String> names = listed(busy);

        assertThat(tried).hasSize(2);
        assertThat(names).hasSize(41).contains("near19", "far19");
    }

    @Test
    void listsAgainWhenALinkComesMeanwhile() {
        manyPairs();
        Bytes late = ofSomebodyElse(sentAndUndone(pair("late0", "late1"), "late0"));
        List<Bytes> tried = new ArrayList<>();
        Relay racing = datagrams -> {
            Bytes dump = datagrams.get(0);
            tried.add(dump);
            return relay().exchange(List.of(tried.size() == 1 ? Bytes.join(dump, late) : dump));
        };

        List<String> names = listed(racing);

        assertThat(tried).hasSize(2);
        assertThat(names).hasSize(43).contains("late0", "late1");
    }

    /** So many that a listing takes several buffers. */
    private void manyPairs() {
        for (int i = 0; i < 20; i++) {
            make(pair("near" + i, "far" + i));
        }
    }

    /** What a request is on the wire, seen by making it; then the device goes again. */
    private Bytes sentAndUndone(NetlinkRequest request, String device) {
        List<Bytes> sent = new ArrayList<>();
        Relay listening = datagrams -> {
            sent.addAll(datagrams);
            return relay().exchange(datagrams);
        };
        new NetlinkSession(protocol -> listening).carryOut(List.of(request));
        session.carryOut(List.of(ChangeRequests.of(new Change.DeleteLink(device))));
        return sent.get(0);
    }

    /** The same message under a sequence number that nobody else uses. */
    private static Bytes ofSomebodyElse(Bytes message) {
        return message.with(8, 0x77, 0x77, 0, 0);
    }
}
