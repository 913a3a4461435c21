package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TopologyException;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Value;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneveExternalTest {

    private static final Kind GENEVE = Kinds.named("geneve").orElseThrow();

    private static Topology topology(String underlay, String options) {
        return Topologies.parse("it.yaml", """
                name: it
                underlay: {subnet: "%s"}
                tunnel: {kind: geneve, subnet: 203.0.113.0/24, mtu: 1400, options: {external: true, %s}}
                """.formatted(underlay, options));
    }

    private static Topology topology(String options) {
        return topology("198.51.100.0/24", options);
    }

    private static List<String> commands(Topology topology) {
        return Plan.of(topology, Offloads.ON).at(Place.A).stream()
                .map(step -> String.join(" ", step.argvByName()))
                .toList();
    }

    @Test
    void tellsTheDeviceItsPortAndTheRouteTheRest() {
        assertThat(commands(topology(
                        "id: 9, ttl: 33, tos: 18, dstport: 6083, udpcsum: true, geneve_opts: '0xff01:0x1:0badcafe'")))
                .contains(
                        "ip link add t1 address 02:00:00:00:00:4a type geneve external dstport 6083",
                        "ip route add 203.0.113.2/32 encap ip id 9 src 198.51.100.1 dst 198.51.100.2 ttl 33 tos 0x12 csum geneve_opts "
                                + "0xff01:0x01:0badcafe dev t1");
    }

    @Test
    void hasTheRouteAskForTheChecksumThatIpv6WantsUnlessItIsToBeNone() {
        String with =
                "ip route add 203.0.113.2/32 encap ip6 id 9 src 2001:db8:1::1 dst 2001:db8:1::2 hoplimit 33 csum dev t1";

        assertThat(commands(topology("2001:db8:1::/64", "id: 9, ttl: 33"))).contains(with);
        assertThat(commands(topology("2001:db8:1::/64", "id: 9, ttl: 33, udp6zerocsumtx: true, udp6zerocsumrx: true")))
                .contains(
                        "ip link add t1 address 02:00:00:00:00:4a type geneve external udp6zerocsumrx",
                        with.replace(" csum", ""));
    }

    @Test
    void tellsNetlinkEachOptionInANestOfItsOwn() {
        Topology topology =
                topology("id: 9, ttl: 33, geneve_opts: '0xff01:0x01:0badcafe,0xff02:0x81:0102030405060708'");
        LightweightTunnel route =
                GENEVE.lightweightTunnel(topology.a().tunnel()).orElseThrow();

        Value.Nest said = (Value.Nest) route.attributes().get(1).value();
        Attribute options = said.attributes().get(said.attributes().size() - 1);
        assertThat(options)
                .isEqualTo(new Attribute(
                        "LWTUNNEL_IP_OPTS",
                        8,
                        Value.Nest.of(option(0xff01, 0x01, "0badcafe"), option(0xff02, 0x81, "0102030405060708"))));
    }

    private static Attribute option(int optionClass, int type, String data) {
        return new Attribute(
                "LWTUNNEL_IP_OPTS_GENEVE",
                1,
                Value.Nest.of(
                        new Attribute("LWTUNNEL_IP_OPT_GENEVE_CLASS", 1, Value.be16(optionClass)),
                        new Attribute("LWTUNNEL_IP_OPT_GENEVE_TYPE", 2, Value.u8(type)),
                        new Attribute("LWTUNNEL_IP_OPT_GENEVE_DATA", 3, new Value.Octets(data))));
    }

    @Test
    void tellsNetlinkOfTheDeviceThatItIsExternalAndItsPort() {
        assertThat(GENEVE.linkInfo(topology("id: 9, ttl: 33").a().tunnel()).options())
                .map(LinkOption::attribute)
                .containsExactly(
                        new Attribute("IFLA_GENEVE_COLLECT_METADATA", 6, Value.present()),
                        new Attribute("IFLA_GENEVE_PORT", 5, Value.be16(6081)));
    }

    @Test
    void putsTheOptionsBehindItsHeaderAndCountsThem() {
        Options options = topology("id: 9, ttl: 33, geneve_opts: '0xff02:0x81:0102030405060708'")
                .a()
                .tunnel()
                .options();

        byte[] made = GENEVE.encapsulate(options, Carried.ETHERNET, new byte[] {0x55});

        // UDP from 50000 to 6081, 29 bytes, no checksum; Geneve with 3 words of options, 0x6558, identifier 9; the
        // option of
        // class ff02, type 81 and 2 words
        assertThat(HexFormat.of().formatHex(made))
                .isEqualTo("c350" + "17c1" + "001d" + "0000" + "0300" + "6558" + "00000900" + "ff028102"
                        + "0102030405060708" + "55");
        assertThat(GENEVE.overhead(Family.IPV4, options)).isEqualTo(50 + 12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: 9 | tunnel.options.ttl | the outer header has TTL 0",
                "id: 9, ttl: inherit | tunnel.options.ttl | must be a number beside external",
                "id: 9, ttl: 33, tos: inherit | tunnel.options.tos | cannot be inherit beside external",
                "id: 9, ttl: 33, udp6zerocsumrx: false | tunnel.options.udp6zerocsumrx | cannot be false beside external",
                "id: 9, ttl: 33, df: set | tunnel.options.df | neither the device nor a route is told it",
                "ttl: 33 | tunnel.options.id | must be given",
                "id: 9, ttl: 33, geneve_opts: '1:2:3' | tunnel.options.geneve_opts | is not one or more of CLASS:TYPE:DATA",
            })
    void rejectsWhatNeitherDeviceNorRouteIsTold(String options, String place, String message) {
        assertThatThrownBy(() -> topology(options))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(message);
    }

    @Test
    void rejectsMoreOptionsThanTheHeaderTells() {
        String longest = "0xff01:0x01:" + "00".repeat(124);

        assertThatThrownBy(() -> topology("id: 9, ttl: 33, geneve_opts: '" + longest + "," + longest + "'"))
                .hasMessageContaining("makes 256 bytes of options, and a Geneve header takes 252");
    }

    @Test
    void rejectsOptionsOfTheHeaderWhereNoRouteSaysThem() {
        assertThatThrownBy(() -> Topologies.parse("it.yaml", """
                        name: it
                        underlay: {subnet: 198.51.100.0/24}
                        tunnel: {kind: geneve, subnet: 203.0.113.0/24, options: {id: 9, geneve_opts: "0xff01:0x01:0badcafe"}}
                        """))
                .hasMessageContaining("give external: true, or leave it out");
    }

    @Test
    void rejectsADeviceThatTheKernelWouldGiveAnMtuOfItsOwn() {
        assertThatThrownBy(() -> Topologies.parse("it.yaml", """
                        name: it
                        underlay: {subnet: 198.51.100.0/24}
                        tunnel: {kind: geneve, subnet: 203.0.113.0/24, options: {external: true, id: 9, ttl: 33}}
                        """))
                .hasMessageContaining(
                        "must be given beside external: without a remote the device is made with 65465; what fits the underlay is 1450");
    }

    @Test
    void acceptsOtherIdentifiersAtBothEndsButNotAtOneThatHasARemote() {
        String text = """
                name: it
                underlay: {subnet: 198.51.100.0/24}
                tunnel: {kind: geneve, subnet: 203.0.113.0/24, mtu: 1400}
                a: {tunnel: {options: {external: true, id: 9, ttl: 33}}}
                b: {tunnel: {options: {%s}}}
                """;

        assertThat(Topologies.parse("it.yaml", text.formatted("external: true, id: 10, ttl: 33"))
                        .external())
                .isTrue();
        assertThatThrownBy(() -> Topologies.parse("it.yaml", text.formatted("id: 10")))
                .hasMessageContaining("b.tunnel.options.id")
                .hasMessageContaining("is not that of the other end, 9");
    }
}
