package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpipTest {

    private static final Kind IPIP = Kinds.named("ipip").orElseThrow();
    private static final InetAddress A = IpAddress.parse("198.51.100.1").orElseThrow();
    private static final InetAddress B = IpAddress.parse("198.51.100.2").orElseThrow();

    private static TunnelEnd end(Map<String, String> options) {
        return new TunnelEnd("t1", A, B, new InterfaceAddress(A, 24), null, Options.of(IPIP, options));
    }

    @Test
    void saysNothingToIproute2ThatTheTopologyDoesNotSay() {
        assertThat(String.join(" ", IPIP.addDevice(end(Map.of()))))
                .isEqualTo("ip link add t1 type ipip local 198.51.100.1 remote 198.51.100.2");
    }

    @Test
    void saysEveryOptionInTheWordsOfIpLink() {
        TunnelEnd end = end(Map.of(
                "mode",
                "ipip",
                "ttl",
                "inherit",
                "tos",
                "184",
                "pmtudisc",
                "false",
                "dev",
                "eth0",
                "fwmark",
                "4294967295"));

        assertThat(String.join(" ", IPIP.addDevice(end)))
                .endsWith(" remote 198.51.100.2 mode ipip ttl inherit tos 0xb8 nopmtudisc dev eth0 fwmark 4294967295");
    }

    @Test
    void knowsWhatIsInForceWhenNothingIsSaid() {
        assertThat(end(Map.of()).options().asWords())
                .containsExactly(
                        Map.entry("mode", "any"),
                        Map.entry("ttl", "inherit"),
                        Map.entry("tos", "0"),
                        Map.entry("pmtudisc", "true"),
                        Map.entry("fwmark", "0"),
                        Map.entry("encap", "none"),
                        Map.entry("encap-sport", "auto"),
                        Map.entry("encap-csum", "false"),
                        Map.entry("encap-remcsum", "false"));
    }

    @Test
    void tellsTheKernelEveryOptionInTheNumbersOfIfTunnelH() {
        TunnelEnd end = end(Map.of(
                "mode",
                "mplsip",
                "tos",
                "inherit",
                "pmtudisc",
                "false",
                "dev",
                "eth0",
                "fwmark",
                "4294967295",
                "encap",
                "gue",
                "encap-dport",
                "5555",
                "encap-csum",
                "true"));

        LinkInfo info = IPIP.linkInfo(end);

        assertThat(info.kind()).isEqualTo("ipip");
        assertThat(info.options())
                .extracting(LinkOption::attribute)
                .containsExactly(
                        new Attribute("IFLA_IPTUN_PROTO", 9, Value.u8(137)), // IPPROTO_MPLS
                        new Attribute("IFLA_IPTUN_LINK", 1, new Value.Device("eth0")),
                        new Attribute("IFLA_IPTUN_LOCAL", 2, new Value.Address(A)),
                        new Attribute("IFLA_IPTUN_REMOTE", 3, new Value.Address(B)),
                        new Attribute("IFLA_IPTUN_TTL", 4, Value.u8(0)),
                        new Attribute("IFLA_IPTUN_TOS", 5, Value.u8(1)),
                        new Attribute("IFLA_IPTUN_PMTUDISC", 10, Value.u8(0)),
                        new Attribute("IFLA_IPTUN_FWMARK", 20, Value.u32(0xffff_ffffL)),
                        new Attribute("IFLA_IPTUN_ENCAP_TYPE", 15, Value.u16(2)), // TUNNEL_ENCAP_GUE
                        new Attribute(
                                "IFLA_IPTUN_ENCAP_FLAGS",
                                16,
                                new Value.Bits(
                                        2,
                                        false,
                                        List.of(
                                                new Value.Bit("encap-csum", 1, true),
                                                new Value.Bit("encap-remcsum", 4, false)))),
                        new Attribute("IFLA_IPTUN_ENCAP_SPORT", 17, Value.be16(0)),
                        new Attribute("IFLA_IPTUN_ENCAP_DPORT", 18, Value.be16(5555)));
        assertThat(info.options().stream().flatMap(option -> option.shown().stream()))
                .containsExactly(
                        new Shown("proto", "mplsip"),
                        new Shown("link", "eth0"),
                        new Shown("local", "198.51.100.1"),
                        new Shown("remote", "198.51.100.2"),
                        new Shown("ttl", "0"),
                        new Shown("tos", "0x1"),
                        new Shown("pmtudisc", "false"),
                        new Shown("fwmark", "0xffffffff"),
                        new Shown("encap/type", "gue"),
                        new Shown("encap/csum", "true"),
                        new Shown("encap/remcsum", "false"),
                        new Shown("encap/sport", "0"),
                        new Shown("encap/dport", "5555"));
    }

    @ParameterizedTest
    @CsvSource({"inherit, false, 0", "64, true, 0", "64, false, 1"})
    void refusesAFixedTtlWithoutPathMtuDiscovery(String ttl, String pmtudisc, int conflicts) {
        assertThat(IPIP.conflicts(Options.of(IPIP, Map.of("ttl", ttl, "pmtudisc", pmtudisc))))
                .hasSize(conflicts);
    }

    @ParameterizedTest
    @CsvSource({"any, true, true", "mplsip, false, true", "ipip, true, false"})
    void carriesWhatItsModeSays(String mode, boolean ipv4, boolean labels) {
        Options options = Options.of(IPIP, Map.of("mode", mode));

        assertThat(IPIP.carries(options).contains(Carried.IPV4)).isEqualTo(ipv4);
        assertThat(IPIP.carries(options).contains(Carried.MPLS)).isEqualTo(labels);
    }

    @ParameterizedTest
    @CsvSource({"1500, 1480", "1400, 1380", "70, 68"})
    void leavesRoomForTheOuterHeaderDownToTheSmallestMtu(int underlay, int device) {
        assertThat(IPIP.defaultMtu(Family.IPV4, underlay, Options.none(IPIP))).isEqualTo(device);
    }

    @Test
    void hasNoOptionOfAnotherKind() {
        assertThatThrownBy(() -> Options.of(IPIP, Map.of("key", "7"))).hasMessage("ipip has no option \"key\"");
    }
}
