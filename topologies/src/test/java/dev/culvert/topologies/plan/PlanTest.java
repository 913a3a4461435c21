package dev.culvert.topologies.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTest {

    static Stream<Topology> bundled() {
        return Topologies.bundled().stream();
    }

    static Stream<Topology> bundledWithoutIpv6() {
        return bundled().filter(topology -> !topology.usesIpv6());
    }

    private static List<String> commands(Topology topology, Place place) {
        return commands(Plan.of(topology, Offloads.OFF).at(place));
    }

    private static List<String> commands(List<Step> steps) {
        return steps.stream().map(step -> String.join(" ", step.argvByName())).toList();
    }

    @Test
    void setsTheTunnelUpTheWayOfIproute2() {
        List<String> a = commands(Topologies.named("ipip"), Place.A);

        assertThat(a)
                .containsSubsequence(
                        "ip addr add 198.51.100.1/24 dev eth0",
                        "ip link set eth0 up",
                        "ip link add t1 type ipip local 198.51.100.1 remote 198.51.100.2",
                        "ip link set t1 up",
                        "ip addr add 203.0.113.1/24 dev t1",
                        "ip route add 198.18.2.0/24 dev t1");
    }

    @Test
    void makesTheDeviceOfBFromTheOtherSide() {
        assertThat(commands(Topologies.named("ipip"), Place.B))
                .contains(
                        "ip link add t1 type ipip local 198.51.100.2 remote 198.51.100.1",
                        "ip route add 198.18.1.0/24 dev t1");
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void pinsSettingsBeforeAnyDeviceOfAPlaceExists(Topology topology) {
        for (Place place : topology.places()) {
            assertThat(commands(topology, place))
                    .filteredOn(command -> !command.startsWith("ip netns add"))
                    .first()
                    .asString()
                    .startsWith("sysctl -q -w net.ipv4.ip_forward=")
                    .contains(" net.ipv4.conf.default.rp_filter=0", " net.ipv6.conf.default.disable_ipv6=1");
        }
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void forwardsOnlyWhereSomethingIsBehind(Topology topology) {
        for (Place place : topology.places()) {
            boolean behind = switch (place) {
                case A -> topology.a().lan() != null;
                case B -> topology.b().lan() != null;
                case ROUTER -> true;
                case H, J -> false;
            };
            assertThat(commands(topology, place)).anyMatch(c -> c.contains("net.ipv4.ip_forward=" + (behind ? 1 : 0)));
        }
    }

    @Test
    void wiresTheServersOverTheRouterWithItsOwnMtu() {
        Topology topology = Topologies.named("ipip-routed");
        List<LinkStep> links = Plan.of(topology, Offloads.OFF).steps().stream()
                .filter(LinkStep.class::isInstance)
                .map(LinkStep.class::cast)
                .filter(LinkStep::joinsServers)
                .toList();

        assertThat(links).hasSize(2);
        assertThat(String.join(" ", links.get(1).argv("4711")))
                .isEqualTo("ip link add eth0 address 02:00:00:00:00:0b mtu 1400 type veth"
                        + " peer name eth1 address 02:00:00:00:00:1b mtu 1400 netns 4711");
        assertThat(commands(topology, Place.A)).contains("ip route add 198.51.100.128/25 via 198.51.100.126");
        assertThat(commands(topology, Place.B)).contains("ip route add 198.51.100.0/25 via 198.51.100.254");
    }

    @Test
    void pushesTheLabelsOfOneSideAndPopsThemOnTheOther() {
        Topology topology = Topologies.parse("labels.yaml", """
                name: labels
                underlay: {subnet: 198.51.100.0/24}
                tunnel: {kind: ipip, subnet: 203.0.113.0/24}
                mpls: {a: [100, 200], b: [2000]}
                a: {lan: 198.18.1.0/24}
                b: {lan: 198.18.2.0/24}
                """);

        assertThat(commands(topology, Place.A))
                .contains("ip route add 198.18.2.0/24 encap mpls 100/200 dev t1", "ip -f mpls route add 2000 dev lo");
        assertThat(commands(topology, Place.B))
                .contains(
                        "ip route add 198.18.1.0/24 encap mpls 2000 dev t1",
                        "ip -f mpls route add 100 dev lo",
                        "ip -f mpls route add 200 dev lo")
                .anyMatch(c -> c.contains("net.mpls.platform_labels=2001") && c.contains("net.mpls.conf.t1.input=1"));
    }

    @Test
    void bringsTheFallbackDeviceUpInsteadOfMakingOne() {
        assertThat(commands(Topologies.named("ipip-fallback"), Place.B))
                .containsSubsequence(
                        "ip link set tunl0 up",
                        "ip addr add 203.0.113.2/24 dev tunl0",
                        "ip route add 203.0.113.1/32 via 198.51.100.1 dev tunl0 onlink",
                        "ip route add 198.18.1.0/24 via 198.51.100.1 dev tunl0 onlink")
                .noneMatch(command -> command.startsWith("ip link add tunl0"));
    }

    @Test
    void makesATunnelEndReachableThatIsNotTheUnderlaysAddress() {
        Topology topology = Topologies.parse("loopback.yaml", """
                name: loopback
                router: {a: {subnet: 198.51.100.0/25}, b: {subnet: 198.51.100.128/25}}
                tunnel: {kind: ipip, subnet: 203.0.113.0/24}
                a: {tunnel: {local: 192.0.2.1}}
                """);

        assertThat(commands(topology, Place.A)).contains("ip addr add 192.0.2.1/32 dev lo");
        assertThat(commands(topology, Place.ROUTER)).contains("ip route add 192.0.2.1/32 via 198.51.100.1");
        assertThat(commands(topology, Place.B))
                .containsSubsequence(
                        "ip route add 192.0.2.1/32 via 198.51.100.254",
                        "ip link add t1 type ipip local 198.51.100.130 remote 192.0.2.1");
    }

    @Test
    void joinsTheTunnelDeviceWithTheLanToOneSegment() {
        Topology topology = Topologies.named("gretap-bridged");

        assertThat(commands(topology, Place.A))
                .containsSubsequence(
                        "ip link set lan0 up",
                        "ip link set t1 up",
                        "ip link add br0 address 02:00:00:00:00:5a type bridge stp_state 0 mcast_snooping 0",
                        "ip link set t1 master br0",
                        "ip link set lan0 master br0",
                        "ip link set br0 up",
                        "ip addr add 198.18.1.1/24 dev br0",
                        "ip neigh replace 198.18.1.4 lladdr 02:00:00:00:00:3b dev br0 nud permanent")
                .noneMatch(command -> command.matches("ip addr add .* dev (t1|lan0)|ip route add .*t1.*"));
        assertThat(commands(topology, Place.J))
                .contains(
                        "ip addr add 198.18.1.4/24 dev eth0",
                        "ip neigh replace 198.18.1.3 lladdr 02:00:00:00:00:3a dev eth0 nud permanent");
        assertThat(topology.modules()).contains("bridge");
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void leavesOffloadsAloneUnlessTheyAreToBeOff(Topology topology) {
        int devices = topology.ports().size() + 2;

        assertThat(commands(Plan.of(topology, Offloads.ON).steps())).noneMatch(c -> c.startsWith("ethtool"));
        assertThat(commands(Plan.of(topology, Offloads.OFF).steps()).stream().filter(c -> c.startsWith("ethtool")))
                .hasSize(devices);
        assertThat(commands(Plan.switching(topology, Offloads.ON).steps()))
                .hasSize(devices)
                .allMatch(c -> c.matches("ethtool -K \\S+ tx on sg on tso on gso on gro on"));
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void takesEveryDeviceAndNamespaceDownAgain(Topology topology) {
        List<String> made = new ArrayList<>();
        for (Step step : Plan.of(topology, Offloads.OFF).steps()) {
            List<String> argv = step.argvByName();
            if (argv.get(0).equals("ip")
                    && argv.get(2).equals("add")
                    && !argv.get(1).matches("addr|route")) {
                String what = argv.get(3).equals("port") ? "port " + argv.get(4) : argv.get(3);
                String family = argv.contains("-6") ? " -6" : "";
                made.add(step.place().id() + " ip " + argv.get(1) + " delete " + what + family);
            }
        }

        List<String> undone = Plan.teardown(topology).steps().stream()
                .map(step -> step.place().id() + " " + String.join(" ", step.argvByName()))
                .toList();

        assertThat(undone).containsAll(made);
        // At least the link between the servers and the tunnel device of each.
        assertThat(made).hasSizeGreaterThan(2);
    }

    private static final String SIXES = """
            name: sixes
            underlay: {subnet: 2001:db8:1::/64}
            tunnel: {kind: ip6tnl, subnet: 2001:db8:2::/64}
            a: {tunnel: {local: 2001:db8:f::1}, lan: 2001:db8:a1::/64}
            b: {lan: 2001:db8:a2::/64}
            """;

    @Test
    void setsIpv6UpWithoutDuplicateAddressDetectionOnDevicesThatHaveItAlone() {
        List<String> a = commands(Topologies.parse("sixes.yaml", SIXES), Place.A);

        assertThat(a)
                .containsSubsequence(
                        "sysctl -q -w net.ipv6.conf.eth0.disable_ipv6=0 net.ipv6.conf.lan0.disable_ipv6=0",
                        "ip addr add 2001:db8:1::1/64 dev eth0 nodad",
                        "ip neigh replace 2001:db8:1::2 lladdr 02:00:00:00:00:0b dev eth0 nud permanent",
                        "ip addr add 2001:db8:f::1/128 dev lo nodad",
                        "ip link add t1 type ip6tnl local 2001:db8:f::1 remote 2001:db8:1::2",
                        "sysctl -q -w net.ipv6.conf.t1.disable_ipv6=0",
                        "ip link set t1 up",
                        "ip addr add 2001:db8:2::1/64 dev t1 nodad",
                        "ip route add 2001:db8:a2::/64 dev t1")
                .first()
                .asString()
                .contains(" net.ipv6.conf.default.disable_ipv6=1", " net.ipv6.conf.all.forwarding=1");
    }

    @Test
    void routesTheLanHostsAndTheTunnelEndsOfIpv6() {
        Topology topology = Topologies.parse("sixes.yaml", SIXES);

        assertThat(commands(topology, Place.H)).contains("ip route add ::/0 via 2001:db8:a1::1");
        assertThat(commands(topology, Place.B)).contains("ip route add 2001:db8:f::1/128 via 2001:db8:1::1");
        assertThat(commands(Plan.teardown(topology).at(Place.A))).contains("ip addr delete 2001:db8:f::1/128 dev lo");
    }

    @ParameterizedTest
    @MethodSource("bundledWithoutIpv6")
    void leavesIpv6AloneWhereThereIsNone(Topology topology) {
        assertThat(commands(Plan.of(topology, Offloads.ON).steps()))
                .noneMatch(c -> c.replaceAll("net.ipv6.conf.(all|default).disable_ipv6=1", "")
                        .contains("ipv6"));
    }

    @Test
    void returnsTheFallbackDeviceAsTheKernelMadeIt() {
        assertThat(commands(Plan.teardown(Topologies.named("ipip-fallback")).at(Place.B)))
                .containsSubsequence("ip link set tunl0 down", "ip addr flush dev tunl0", "ip link set tunl0 mtu 1480");
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void saysEveryStepOfThePlanToPeopleWithinAHundredColumns(Topology topology) {
        Plan plan = Plan.of(topology, Offloads.OFF);

        String text = PlanText.of(topology, plan);

        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
        for (int i = 1; i <= plan.steps().size(); i++) {
            assertThat(text)
                    .contains(String.format(
                            "\n%4d  # %s\n", i, plan.steps().get(i - 1).purpose()));
        }
    }
}
