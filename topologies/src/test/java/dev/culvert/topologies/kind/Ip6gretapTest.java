package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Ip6gretapTest {

    private static final Kind IP6GRETAP = Kinds.named("ip6gretap").orElseThrow();

    private static Options options(Map<String, String> given) {
        return Options.of(IP6GRETAP, given);
    }

    @Test
    void givesEachDeviceItsEthernetAddress() {
        assertThat(Plan.of(Topologies.named("ip6gretap-key"), Offloads.OFF).at(Place.A).stream()
                        .map(step -> String.join(" ", step.argvByName())))
                .containsSubsequence(
                        "ip link add t1 address 02:00:00:00:00:4a type ip6gretap local 2001:db8:1::1 remote 2001:db8:1::2"
                                + " key 7 encaplimit none",
                        "ip neigh replace 203.0.113.2 lladdr 02:00:00:00:00:4b dev t1 nud permanent");
    }

    @Test
    void costsAnEthernetHeaderMoreThanGre() {
        // IPv6 40, encapsulation limit 8, GRE 4, Ethernet 14
        assertThat(IP6GRETAP.overhead(Family.IPV6, options(Map.of()))).isEqualTo(66);
        assertThat(IP6GRETAP.overhead(Family.IPV6, options(Map.of("key", "7", "encaplimit", "none"))))
                .isEqualTo(62);
        assertThat(IP6GRETAP.defaultMtu(Family.IPV6, 1500, options(Map.of()))).isEqualTo(1434);
        assertThat(IP6GRETAP.defaultMtu(Family.IPV6, 1300, options(Map.of()))).isEqualTo(1280);
    }

    @Test
    void putsTheFrameBehindAGreHeaderOfType6558() {
        byte[] frame = HexFormat.of().parseHex("ffffffffffff02000000004a0806");

        byte[] bytes = IP6GRETAP.encapsulate(options(Map.of("okey", "1")), Carried.ETHERNET, frame);

        // next header 47 and the limit of 4; K, protocol type 0x6558, key 1; broadcast, from 02:00:00:00:00:4a, ARP
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("2f00040104010100" + "2000655800000001" + "ffffffffffff02000000004a0806");
        assertThat(IP6GRETAP.outerProtocol(options(Map.of()), Carried.ETHERNET)).isEqualTo(60);
    }

    @Test
    void carriesNoBarePackets() {
        assertThatThrownBy(() -> IP6GRETAP.outerProtocol(options(Map.of()), Carried.IPV4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("carries frames only");
    }

    @Test
    void mirrorsKeysLikeGre() {
        assertThat(IP6GRETAP.mirrored("okey")).isEqualTo("ikey");
    }
}
