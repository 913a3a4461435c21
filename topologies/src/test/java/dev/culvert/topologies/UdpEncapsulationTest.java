package dev.culvert.topologies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import dev.culvert.topologies.plan.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpEncapsulationTest {

    private static Options options(String kind, Map<String, String> more) {
        Map<String, String> given = new HashMap<>(Map.of("encap-dport", "5555"));
        given.putAll(more);
        return Options.of(Kinds.named(kind).orElseThrow(), given);
    }

    private static Topology topology(String kind, String options) {
        return Topologies.parse("it.yaml", """
                name: it
                underlay: {subnet: 198.51.100.0/24}
                tunnel: {kind: %s, subnet: 203.0.113.0/24, options: {encap-dport: 5555, %s}}
                """.formatted(kind, options));
    }

    private static List<String> commands(Plan plan, Place place) {
        return plan.at(place).stream()
                .map(Step::argvByName)
                .map(argv -> String.join(" ", argv))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "ipip, fou, false, 1472, 28",
        "ipip, gue, false, 1468, 32",
        "ipip, gue, true, 1460, 32",
        "gre, fou, false, 1468, 32",
        "gre, gue, false, 1464, 36",
        "gre, gue, true, 1456, 36",
        "sit, fou, false, 1472, 28",
        "sit, gue, true, 1460, 32",
        "gretap, fou, false, 1454, 46",
        "gretap, gue, true, 1442, 50"
    })
    void leavesRoomForUdpAndWhatIsBehindIt(String kind, String encap, String remcsum, int mtu, int overhead) {
        Options options = options(kind, Map.of("encap", encap, "encap-remcsum", remcsum));

        assertThat(Kinds.named(kind).orElseThrow().defaultMtu(Family.IPV4, 1500, options))
                .isEqualTo(mtu);
        assertThat(Kinds.named(kind).orElseThrow().overhead(Family.IPV4, options))
                .isEqualTo(overhead);
    }

    @Test
    void comesBehindTheEncapsulationLimitOfIpv6() {
        Kind ip6tnl = Kinds.named("ip6tnl").orElseThrow();
        Options fou = options("ip6tnl", Map.of("encap", "fou"));
        Options gue = options("ip6tnl", Map.of("encap", "gue", "encap-udp6-csum", "false", "encaplimit", "none"));

        // IPv6 40, destination options 8, UDP 8; IPv6 40, UDP 8, GUE 4
        assertThat(ip6tnl.overhead(Family.IPV6, fou)).isEqualTo(56);
        assertThat(ip6tnl.defaultMtu(Family.IPV6, 1500, fou)).isEqualTo(1444);
        assertThat(ip6tnl.overhead(Family.IPV6, gue)).isEqualTo(52);
        assertThat(ip6tnl.protocolOfUdp(fou)).isEqualTo(60);
        assertThat(ip6tnl.protocolOfUdp(gue)).isEqualTo(17);
        assertThat(ip6tnl.outerProtocol(fou, Carried.IPV6)).isEqualTo(41);
        assertThat(UdpEncapsulation.of(fou).orElseThrow().checksum()).isTrue();
        assertThat(UdpEncapsulation.of(gue).orElseThrow().checksum()).isFalse();
    }

    @Test
    void takesOutOfUdpOverIpv6Too() {
        Topology topology = Topologies.parse("it.yaml", """
                name: it
                underlay: {subnet: 2001:db8:1::/64}
                tunnel: {kind: ip6tnl, subnet: 2001:db8:2::/64, options: {encap: fou, encap-dport: 5555}}
                """);

        assertThat(topology.modules()).containsExactly("veth", "ip6_tunnel", "fou", "fou6");
        assertThat(commands(Plan.of(topology, Offloads.ON), Place.B)).contains("ip fou add port 5555 ipproto 41 -6");
        assertThat(commands(Plan.teardown(topology), Place.B)).contains("ip fou delete port 5555 -6");
    }

    @Test
    void saysEveryOptionInTheWordsOfIpLink() {
        Options options = options(
                "ipip", Map.of("encap", "gue", "encap-sport", "4242", "encap-csum", "true", "encap-remcsum", "false"));

        assertThat(String.join(" ", options.words()))
                .isEqualTo("encap gue encap-sport 4242 encap-dport 5555 encap-csum noencap-remcsum");
    }

    @Test
    void takesOutOfUdpBeforeAndAsLongAsTheDeviceIsThere() {
        Topology topology = topology("gre", "encap: fou");

        assertThat(topology.modules()).containsExactly("veth", "ip_gre", "fou");
        assertThat(topology.configuration()).containsExactly("CONFIG_NET_FOU_IP_TUNNELS");
        assertThat(commands(Plan.of(topology, Offloads.ON), Place.B))
                .containsSubsequence(
                        "ip fou add port 5555 ipproto 47",
                        "ip link add t1 type gre local 198.51.100.2 remote 198.51.100.1 encap fou encap-dport 5555");
        assertThat(commands(Plan.teardown(topology), Place.B))
                .containsSubsequence("ip link delete t1", "ip fou delete port 5555");
    }

    @Test
    void leavesItToTheGueHeaderWhatIsInside() {
        assertThat(commands(Plan.of(topology("ipip", "encap: gue"), Offloads.ON), Place.A))
                .contains("ip fou add port 5555 gue");
    }

    @Test
    void listensWhereTheOtherEndSendsTo() {
        Topology topology = Topologies.parse("it.yaml", """
                name: it
                underlay: {subnet: 198.51.100.0/24}
                tunnel: {kind: ipip, subnet: 203.0.113.0/24}
                b: {tunnel: {options: {encap: fou, encap-dport: 7777}}}
                """);

        assertThat(topology.udpListener(Place.A))
                .contains(new UdpListener(Family.IPV4, 7777, UdpEncapsulation.Header.FOU, 4));
        assertThat(topology.udpListener(Place.B)).isEmpty();
        assertThat(topology.outerProtocol(Carried.IPV4)).isEqualTo(4);
    }

    @Test
    void isUdpOnTheOutside() {
        assertThat(topology("gre", "encap: gue").outerProtocol(Carried.MPLS)).isEqualTo(17);
    }
}
