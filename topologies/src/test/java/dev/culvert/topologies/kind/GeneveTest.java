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
import dev.culvert.topologies.TopologyException;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Value;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneveTest {

    private static final Kind GENEVE = Kinds.named("geneve").orElseThrow();

    private static Options options(Map<String, String> given) {
        return Options.of(GENEVE, given);
    }

    private static Topology topology(String options) {
        return Topologies.parse("it.yaml", """
                name: it
                underlay: {subnet: 198.51.100.0/24}
                tunnel: {kind: geneve, subnet: 203.0.113.0/24, options: {%s}}
                """.formatted(options));
    }

    private static Topology topologyOverIpv6(String options) {
        return Topologies.parse("it.yaml", """
                name: it
                underlay: {subnet: 2001:db8:1::/64}
                tunnel: {kind: geneve, subnet: 203.0.113.0/24, options: {%s}}
                """.formatted(options));
    }

    private static List<String> commands(Topology topology, Place place) {
        return Plan.of(topology, Offloads.OFF).at(place).stream()
                .map(step -> String.join(" ", step.argvByName()))
                .toList();
    }

    private static List<Attribute> told(String options) {
        return told(topology(options));
    }

    private static List<Attribute> told(Topology topology) {
        return GENEVE.linkInfo(topology.a().tunnel()).options().stream()
                .map(LinkOption::attribute)
                .toList();
    }

    @Test
    void isToldItsRemoteAndNoLocalAddress() {
        assertThat(commands(
                        topology("id: 16777215, ttl: inherit, tos: 40, df: set, dstport: 6082, udpcsum: true"),
                        Place.A))
                .contains(
                        "ip link add t1 address 02:00:00:00:00:4a type geneve remote 198.51.100.2 id 16777215 ttl inherit tos 0x28 "
                                + "df set dstport 6082 udpcsum");
    }

    @Test
    void costsAllHeadersAndThatOfTheFrame() {
        // IPv4 20, UDP 8, Geneve 8, Ethernet 14
        assertThat(GENEVE.overhead(Family.IPV4, Options.none(GENEVE))).isEqualTo(50);
        assertThat(GENEVE.defaultMtu(Family.IPV4, 1500, Options.none(GENEVE))).isEqualTo(1450);
        assertThat(GENEVE.defaultMtu(Family.IPV4, 100, Options.none(GENEVE))).isEqualTo(68);
        assertThat(GENEVE.maxMtu(Family.IPV4, Options.none(GENEVE))).isEqualTo(65485);
        // IPv6 40
        assertThat(GENEVE.overhead(Family.IPV6, Options.none(GENEVE))).isEqualTo(70);
        assertThat(GENEVE.defaultMtu(Family.IPV6, 1500, Options.none(GENEVE))).isEqualTo(1430);
        assertThat(GENEVE.maxMtu(Family.IPV6, Options.none(GENEVE))).isEqualTo(65465);
    }

    @Test
    void putsTheFrameBehindUdpAndItsIdentifier() {
        byte[] frame = HexFormat.of().parseHex("ffffffffffff02000000004a0806");

        byte[] bytes = GENEVE.encapsulate(options(Map.of("id", "11259375")), Carried.ETHERNET, frame);

        // UDP from 50000 to 6081, 30 bytes, no checksum; version 0, no options; type 0x6558; identifier 0xabcdef; the
        // frame
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("c35017c1001e0000" + "00006558abcdef00" + "ffffffffffff02000000004a0806");
        assertThat(GENEVE.outerProtocol(Options.none(GENEVE), Carried.ETHERNET)).isEqualTo(17);
    }

    @Test
    void carriesNoBarePackets() {
        assertThatThrownBy(() -> GENEVE.outerProtocol(Options.none(GENEVE), Carried.IPV4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not carry IPV4");
    }

    /** A bare packet saves the 14 bytes of a frame's header, but the kernel leaves room for them. */
    @Test
    void carriesBarePacketsAlone() {
        Options bare = Options.of(GENEVE, Map.of("id", "7", "innerprotoinherit", "true"));

        assertThat(GENEVE.carriesFrames(bare)).isFalse();
        assertThat(GENEVE.carries(bare)).containsExactlyInAnyOrder(Carried.IPV4, Carried.IPV6);
        assertThat(GENEVE.overhead(Family.IPV4, bare)).isEqualTo(36);
        assertThat(GENEVE.defaultMtu(Family.IPV4, 1500, bare)).isEqualTo(1450);
        assertThat(GENEVE.mismatches(bare, Options.of(GENEVE, Map.of("id", "7"))))
                .containsOnlyKeys("innerprotoinherit");
    }

    @Test
    void tellsNetlinkToInheritTheTtlByAnAttributeOfItsOwn() {
        assertThat(told("id: 7, ttl: inherit"))
                .contains(new Attribute("IFLA_GENEVE_ID", 1, Value.u32(7)))
                .contains(new Attribute("IFLA_GENEVE_TTL_INHERIT", 12, Value.u8(1)))
                .noneMatch(attribute -> attribute.name().equals("IFLA_GENEVE_TTL"));
        assertThat(told("id: 7")).contains(new Attribute("IFLA_GENEVE_TTL", 3, Value.u8(0)));
        assertThat(told("id: 7, ttl: 9, df: inherit"))
                .contains(new Attribute("IFLA_GENEVE_TTL", 3, Value.u8(9)))
                .contains(new Attribute("IFLA_GENEVE_DF", 13, Value.u8(2)));
    }

    @Test
    void tellsNetlinkWhatIsOfTheFamilyBetweenTheServers() {
        List<Attribute> overIpv6 =
                told(topologyOverIpv6("id: 7, udp6zerocsumtx: true, udp6zerocsumrx: true, flowlabel: 5"));

        assertThat(overIpv6)
                .contains(new Attribute("IFLA_GENEVE_UDP_ZERO_CSUM6_TX", 9, Value.u8(1)))
                .contains(new Attribute("IFLA_GENEVE_UDP_ZERO_CSUM6_RX", 10, Value.u8(1)))
                .contains(new Attribute("IFLA_GENEVE_LABEL", 11, Value.be32(5)));
        assertThat(overIpv6)
                .extracting(Attribute::name)
                .contains("IFLA_GENEVE_REMOTE6")
                .doesNotContain("IFLA_GENEVE_REMOTE", "IFLA_GENEVE_UDP_CSUM", "IFLA_GENEVE_DF");
        assertThat(told("id: 7"))
                .extracting(Attribute::name)
                .contains("IFLA_GENEVE_REMOTE")
                .doesNotContain("IFLA_GENEVE_REMOTE6", "IFLA_GENEVE_UDP_ZERO_CSUM6_RX", "IFLA_GENEVE_LABEL");
    }

    @Test
    void saysThatWhatComesToItsPortIsGeneve() {
        assertThat(GENEVE.udpPorts(options(Map.of("id", "0", "dstport", "6083"))))
                .isEqualTo(Map.of(6083, 6081));
    }

    @Test
    void changesADeviceOnlyByItsIdentifier() {
        assertThat(GENEVE.saidAgain(options(Map.of("id", "9", "dstport", "6082"))))
                .containsExactly("id", "9");
        assertThat(GENEVE.options())
                .filteredOn(GENEVE::isChangeable)
                .extracting("name")
                .containsExactly("ttl", "tos", "df", "flowlabel");
    }

    @Test
    void rejectsADeviceWithoutIdentifier() {
        assertThatThrownBy(() -> topology("ttl: 64"))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("must be given: the virtual network identifier, 0 … 16777215");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    b: {tunnel: {options: {id: 8}}}                | 5:28 | b.tunnel.options.id: "8" is not that of the other end, 7
                    b: {tunnel: {options: {dstport: 6082}}}        | 5:33 | b.tunnel.options.dstport: "6082" is not that of the other end, 6081
                    a: {tunnel: {options: {udpcsum: true}}}        | 5:33 | a.tunnel.options.udpcsum: "true" is of an outer header of IPv4
                    a: {tunnel: {options: {df: set}}}              | 5:28 | a.tunnel.options.df: "set" is of an outer header of IPv4
                    a: {tunnel: {options: {udp6zerocsumtx: true}}} | 5:40 | a.tunnel.options.udp6zerocsumtx: "true" leaves out
                    b: {tunnel: {options: {udp6zerocsumtx: true}}} | 5:40 | b.tunnel.options.udp6zerocsumtx: "true" leaves out
                    a: {tunnel: {mtu: 65466}}                      | 5:19 | a.tunnel.mtu: "65466" is more than a device of kind geneve
                    """)
    void rejectsEndsBetweenWhichNothingPasses(String part, String place, String message) {
        assertThatThrownBy(() -> Topologies.parse("it.yaml", """
                        name: it
                        underlay: {subnet: 2001:db8:1::/64}
                        tunnel:
                          {kind: geneve, subnet: 203.0.113.0/24, options: {id: 7}}
                        %s
                        """.formatted(part)))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("it.yaml:" + place + ": " + message);
    }

    @Test
    void rejectsAnIdentifierWiderThan24Bits() {
        assertThatThrownBy(() -> topology("id: 16777216"))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("is not a whole number within 0 … 16777215");
    }

    @Test
    void rejectsALocalAddressThatIsNotTheUnderlays() {
        assertThatThrownBy(() -> Topologies.parse("it.yaml", """
                        name: it
                        underlay: {subnet: 198.51.100.0/24}
                        tunnel: {kind: geneve, subnet: 203.0.113.0/24, options: {id: 7}}
                        a: {tunnel: {local: 192.0.2.1}}
                        """))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("cannot be given to a device of kind geneve");
    }
}
