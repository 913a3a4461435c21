package dev.culvert.topologies.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Router;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ResolverTest {

    private static Topology resolved(String text) {
        return Topologies.parse("test.yaml", text);
    }

    @Test
    void mirrorsAOntoB() {
        Topology topology = Topologies.named("ipip");

        assertThat(topology.a().underlay().address()).hasToString("198.51.100.1/24");
        assertThat(topology.b().underlay().address()).hasToString("198.51.100.2/24");
        assertThat(topology.b().tunnel().local())
                .isEqualTo(topology.a().tunnel().remote());
        assertThat(topology.b().tunnel().remote())
                .isEqualTo(topology.a().tunnel().local());
        assertThat(topology.b().tunnel().address()).hasToString("203.0.113.2/24");
        assertThat(topology.places()).containsExactly(Place.A, Place.B, Place.H, Place.J);
    }

    @Test
    void putsTheRouterLastInEachOfItsSubnets() {
        Router router = Objects.requireNonNull(Topologies.named("ipip-routed").router());

        assertThat(router.towardsA().address()).hasToString("198.51.100.126/25");
        assertThat(router.towardsB().address()).hasToString("198.51.100.254/25");
        assertThat(router.narrows()).isTrue();
    }

    @Test
    void findsRoomForTheRouterInASubnetOfTwoHosts() {
        Topology topology = resolved("""
                name: tight
                router: {a: {subnet: 198.51.100.0/30}, b: {subnet: 198.51.100.4/31}}
                tunnel: {kind: ipip, subnet: 203.0.113.0/31}
                """);

        assertThat(topology.ports())
                .extracting(port -> port.place().id() + " " + port.address())
                .containsExactly(
                        "a 198.51.100.1/30", "router 198.51.100.2/30", "b 198.51.100.5/31", "router 198.51.100.4/31");
    }

    @Test
    void givesTheKernelsMtuWhereTheFileGivesNone() {
        Topology routed = Topologies.named("ipip-routed");

        assertThat(List.of(routed.tunnelMtu(Place.A), routed.tunnelMtu(Place.B)))
                .containsExactly(1480, 1380);
        assertThat(Topologies.named("ipip-fallback").tunnelMtu(Place.B)).isEqualTo(1480);
    }

    @Test
    void routesTheFarSideByNextHopOnTheFallbackDevice() {
        Topology topology = Topologies.named("ipip-fallback");

        assertThat(topology.fallback()).isTrue();
        assertThat(topology.b().tunnel().options().asWords()).containsEntry("pmtudisc", "false");
        assertThat(topology.b().routes()).hasSize(2).allSatisfy(route -> {
            assertThat(route.via()).isEqualTo(topology.a().underlay().address().address());
            assertThat(route.onlink()).isTrue();
        });
    }

    @Test
    void routesToAnInternalAddressInAnotherSubnet() {
        Topology topology = resolved("""
                name: apart
                underlay: {subnet: 198.51.100.0/24}
                tunnel: {kind: ipip}
                a: {tunnel: {address: 203.0.113.1/32}}
                b: {tunnel: {address: 203.0.113.2/32}}
                """);

        assertThat(topology.a().routes())
                .singleElement()
                .satisfies(route -> assertThat(route.to()).hasToString("203.0.113.2/32"));
    }

    @Test
    void letsOneSideSayEverythingElse() {
        Topology topology = resolved(EveryKey.TEXT);

        assertThat(topology.a().tunnel().device()).isEqualTo("tun7");
        assertThat(topology.b().tunnel().device()).isEqualTo("peer-0");
        String encap = " encap gue encap-sport auto encap-dport 5555 encap-csum noencap-remcsum";
        assertThat(topology.a().tunnel().options())
                .hasToString("mode any ttl 64 tos inherit pmtudisc dev wan0" + encap);
        assertThat(topology.b().tunnel().options()).hasToString("ttl 64 tos inherit" + encap);
        assertThat(topology.b().tunnel().remote().getHostAddress()).isEqualTo("192.0.2.1");
        assertThat(List.of(topology.tunnelMtu(Place.A), topology.tunnelMtu(Place.B)))
                .containsExactly(1300, 1200);
        assertThat(topology.a().routes())
                .extracting(route -> route.to() + " " + route.device() + " " + route.labels())
                .containsExactly("198.18.2.0/24 tun7 [300]", "192.0.2.64/26 lan0 []", "0.0.0.0/0 wan0 []");
    }

    @Test
    void givesEveryPortAnAddressOfItsOwn() {
        List<Port> ports = Topologies.named("ipip-routed").ports();

        assertThat(ports).hasSize(8);
        assertThat(ports).extracting(Port::mac).doesNotHaveDuplicates();
        assertThat(ports).extracting(Port::address).doesNotHaveDuplicates();
        assertThat(ports).extracting(port -> port.place() + port.device()).doesNotHaveDuplicates();
    }

    @Test
    void keepsTheTextOfTheFile() {
        assertThat(resolved(EveryKey.TEXT).source()).isEqualTo(EveryKey.TEXT);
    }
}
