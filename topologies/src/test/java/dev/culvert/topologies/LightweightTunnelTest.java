package dev.culvert.topologies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.LightweightTunnel.HeaderField;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Value;
import dev.culvert.topologies.plan.Change;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import dev.culvert.topologies.plan.TunnelRoutes;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LightweightTunnelTest {

    private static LightweightTunnel tunnel(String from, String to) {
        return new LightweightTunnel(
                address(from), address(to), 42L, 33, 0x12, List.of(HeaderField.KEY, HeaderField.SEQ), null);
    }

    private static InetAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @Test
    void isSaidInTheWordsOfIpRouteWithTosInHexadecimal() {
        assertThat(String.join(" ", tunnel("198.51.100.1", "198.51.100.2").words()))
                .isEqualTo("encap ip id 42 src 198.51.100.1 dst 198.51.100.2 ttl 33 tos 0x12 key seq");
        assertThat(String.join(" ", tunnel("2001:db8:1::1", "2001:db8:1::2").words()))
                .isEqualTo("encap ip6 id 42 src 2001:db8:1::1 dst 2001:db8:1::2 hoplimit 33 tc 0x12 key seq");
    }

    @Test
    void isToldInAttributesThatKeepTheIdentifierInNetworkOrder() {
        List<Attribute> told = tunnel("198.51.100.1", "198.51.100.2").attributes();

        assertThat(told.get(0)).isEqualTo(new Attribute("RTA_ENCAP_TYPE", 21, Value.u16(2)));
        Value.Nest said = (Value.Nest) told.get(1).value();
        assertThat(said.attributes())
                .extracting(Attribute::name)
                .containsExactly(
                        "LWTUNNEL_IP_ID",
                        "LWTUNNEL_IP_DST",
                        "LWTUNNEL_IP_SRC",
                        "LWTUNNEL_IP_TTL",
                        "LWTUNNEL_IP_TOS",
                        "LWTUNNEL_IP_FLAGS");
        assertThat(said.attributes().get(0).value()).isEqualTo(new Value.Unsigned(8, true, 42));
        // TUNNEL_KEY and TUNNEL_SEQ
        assertThat(((Value.Bits) said.attributes().get(5).value()).value()).isEqualTo(0x0c);
    }

    @Test
    void isOnEveryRouteToADeviceInExternalModeAndNothingOfItOnTheDevice() {
        Topology topology = Topologies.named("gre-external");

        List<String> lines = Plan.of(topology, Offloads.ON).at(Place.A).stream()
                .map(step -> String.join(" ", step.argvByName()))
                .filter(line -> line.contains("t1"))
                .toList();

        assertThat(lines)
                .contains(
                        "ip link add t1 type gre external",
                        "ip route add 203.0.113.2/32 encap ip id 42 src 198.51.100.1 dst 198.51.100.2 tos 0x1 key dev t1",
                        "ip route add 198.18.2.0/24 encap ip id 42 src 198.51.100.1 dst 198.51.100.2 tos 0x1 key dev t1");
    }

    @Test
    void changesWithTheOptionsOfTheEnd() {
        Topology topology = Topologies.named("ipip-external");
        TunnelEnd end = topology.a().tunnel().with(Options.of(topology.kind(), Map.of("external", "true", "ttl", "9")));

        assertThat(TunnelRoutes.into(topology, topology.a(), end))
                .map(Change.AddRoute::replacing)
                .map(argv -> String.join(" ", argv))
                .contains("ip route replace 203.0.113.2/32 encap ip src 198.51.100.1 dst 198.51.100.2 ttl 9 dev t1");
    }
}
