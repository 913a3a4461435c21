package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GretapTest {

    private static final Kind GRETAP = Kinds.named("gretap").orElseThrow();

    private static Options options(Map<String, String> given) {
        return Options.of(GRETAP, given);
    }

    private static List<String> commands(Topology topology, Place place) {
        return Plan.of(topology, Offloads.OFF).at(place).stream()
                .map(step -> String.join(" ", step.argvByName()))
                .toList();
    }

    @Test
    void givesEachDeviceItsEthernetAddressAndTellsTheOtherEndOfIt() {
        Topology topology = Topologies.parse("frames.yaml", """
                name: frames
                underlay: {subnet: 198.51.100.0/24}
                tunnel: {kind: gretap, subnet: 203.0.113.0/24, options: {key: 7}}
                a: {lan: 198.18.1.0/24, tunnel: {mac: 02:00:00:00:00:77}}
                b: {lan: 198.18.2.0/24}
                """);

        assertThat(commands(topology, Place.A))
                .containsSubsequence(
                        "ip link add t1 address 02:00:00:00:00:77 type gretap local 198.51.100.1 remote 198.51.100.2 key 7",
                        "ip neigh replace 203.0.113.2 lladdr 02:00:00:00:00:4b dev t1 nud permanent");
        assertThat(commands(topology, Place.B))
                .contains("ip neigh replace 203.0.113.1 lladdr 02:00:00:00:00:77 dev t1 nud permanent");
    }

    @Test
    void routesToTheFarLanByTheServerThatAnswersForIt() {
        assertThat(commands(Topologies.named("gretap"), Place.A))
                .contains("ip route add 198.18.2.0/24 via 203.0.113.2 dev t1");
    }

    @Test
    void costsAnEthernetHeaderMoreThanGre() {
        // IPv4 20, GRE 4, Ethernet 14; 12 more for checksum, key and sequence number
        assertThat(GRETAP.overhead(Family.IPV4, Options.none(GRETAP))).isEqualTo(38);
        assertThat(GRETAP.overhead(Family.IPV4, options(Map.of("key", "7", "csum", "true", "seq", "true"))))
                .isEqualTo(50);
        assertThat(GRETAP.defaultMtu(Family.IPV4, 1500, Options.none(GRETAP))).isEqualTo(1462);
        assertThat(GRETAP.fallbackMtu()).isEqualTo(1462);
    }

    @Test
    void putsTheFrameBehindAGreHeaderOfType6558() {
        byte[] frame = HexFormat.of().parseHex("ffffffffffff02000000004a0806");

        byte[] bytes = GRETAP.encapsulate(options(Map.of("okey", "1")), Carried.ETHERNET, frame);

        // K; protocol type 0x6558; key 1; broadcast, from 02:00:00:00:00:4a, ARP
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("2000655800000001ffffffffffff02000000004a0806");
        assertThat(GRETAP.outerProtocol(Options.none(GRETAP), Carried.ETHERNET)).isEqualTo(47);
    }

    @Test
    void carriesNoBarePackets() {
        assertThatThrownBy(() -> GRETAP.outerProtocol(Options.none(GRETAP), Carried.IPV4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("carries frames only");
    }

    @Test
    void mirrorsKeysLikeGre() {
        assertThat(GRETAP.mirrored("okey")).isEqualTo("ikey");
    }
}
