package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.culvert.topologies.link.Value;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SitTest {

    private static final Kind SIT = Kinds.named("sit").orElseThrow();
    private static final InetAddress A = IpAddress.parse("198.51.100.1").orElseThrow();
    private static final InetAddress B = IpAddress.parse("198.51.100.2").orElseThrow();
    private static final InterfaceAddress INNER =
            InterfaceAddress.parse("2001:db8:2::1/64").orElseThrow();

    private static String made(Map<String, String> options) {
        TunnelEnd end = new TunnelEnd("t1", A, B, INNER, null, Options.of(SIT, options));
        return String.join(" ", SIT.addDevice(end));
    }

    @Test
    void saysEveryOptionInTheWordsOfIpLink() {
        assertThat(made(Map.of("mode", "ip6ip", "ttl", "inherit", "tos", "16", "pmtudisc", "false", "dev", "eth0")))
                .isEqualTo("ip link add t1 type sit local 198.51.100.1 remote 198.51.100.2"
                        + " mode ip6ip ttl inherit tos 0x10 nopmtudisc dev eth0");
    }

    @Test
    void hasNoRemoteWhereItsDestinationsAreWithinTheInnerOnes() {
        assertThat(made(Map.of("6rd-prefix", "2001:db8:2::/48", "6rd-relay_prefix", "198.51.100.0/24")))
                .isEqualTo("ip link add t1 type sit local 198.51.100.1"
                        + " 6rd-prefix 2001:db8:2::/48 6rd-relay_prefix 198.51.100.0/24");
    }

    @ParameterizedTest
    @CsvSource({
        // 48 + (32 - 24) = 56, 32 + 32 = 64, and one bit more
        "2001:db8:2::/48, 198.51.100.0/24, 0",
        "2001:db8::/32, , 0",
        "2001:db8::/33, , 1",
        ", 198.51.100.0/24, 1"
    })
    void leaves64BitsForThePrefixAndTheIpv4Address(String prefix, String relayPrefix, int conflicts) {
        Map<String, String> given = prefix == null
                ? Map.of("6rd-relay_prefix", relayPrefix)
                : relayPrefix == null
                        ? Map.of("6rd-prefix", prefix)
                        : Map.of("6rd-prefix", prefix, "6rd-relay_prefix", relayPrefix);

        assertThat(SIT.conflicts(Options.of(SIT, given))).hasSize(conflicts);
    }

    @ParameterizedTest
    @CsvSource({"inherit, false, 0", "64, true, 0", "64, false, 1"})
    void refusesAFixedTtlWithoutPathMtuDiscovery(String ttl, String pmtudisc, int conflicts) {
        assertThat(SIT.conflicts(Options.of(SIT, Map.of("ttl", ttl, "pmtudisc", pmtudisc))))
                .hasSize(conflicts);
    }

    /** RFC 4213 section 3.2: an MTU between 1280 and 1480. */
    @ParameterizedTest
    @CsvSource({"1500, 1480", "1400, 1380", "1290, 1280"})
    void leavesRoomForTheOuterHeaderDownToTheLeastMtuOfIpv6(int underlay, int device) {
        assertThat(SIT.defaultMtu(Family.IPV4, underlay, Options.none(SIT))).isEqualTo(device);
    }

    @ParameterizedTest
    @CsvSource({
        "any, true, true, true",
        "ip6ip, false, true, false",
        "ipip, true, false, false",
        "mplsip, false, false, true"
    })
    void carriesWhatItsModeSays(String mode, boolean ipv4, boolean ipv6, boolean labels) {
        Options options = Options.of(SIT, Map.of("mode", mode));

        assertThat(SIT.carries(options).contains(Carried.IPV4)).isEqualTo(ipv4);
        assertThat(SIT.carries(options).contains(Carried.IPV6)).isEqualTo(ipv6);
        assertThat(SIT.carries(options).contains(Carried.MPLS)).isEqualTo(labels);
    }

    @Test
    void leadsItsFallbackDeviceByAnIpv4CompatibleAddress() {
        assertThat(IpAddress.text(SIT.fallbackNextHop(A))).isEqualTo("::c633:6401");
    }

    private static LinkInfo told(Map<String, String> given) {
        return SIT.linkInfo(new TunnelEnd("t1", A, B, INNER, null, Options.of(SIT, given)));
    }

    @Test
    void tellsTheKernelEveryOptionInTheNumbersOfIfTunnelH() {
        LinkInfo info = told(Map.of("mode", "ip6ip", "ttl", "33", "tos", "inherit", "dev", "eth0"));

        assertThat(info.kind()).isEqualTo("sit");
        assertThat(info.options())
                .extracting(LinkOption::attribute)
                .containsExactly(
                        new Attribute("IFLA_IPTUN_PROTO", 9, Value.u8(41)), // IPPROTO_IPV6
                        new Attribute("IFLA_IPTUN_LINK", 1, new Value.Device("eth0")),
                        new Attribute("IFLA_IPTUN_LOCAL", 2, new Value.Address(A)),
                        new Attribute("IFLA_IPTUN_REMOTE", 3, new Value.Address(B)),
                        new Attribute("IFLA_IPTUN_TTL", 4, Value.u8(33)),
                        new Attribute("IFLA_IPTUN_TOS", 5, Value.u8(1)),
                        new Attribute("IFLA_IPTUN_PMTUDISC", 10, Value.u8(1)),
                        new Attribute(
                                "IFLA_IPTUN_FLAGS",
                                8,
                                new Value.Bits(2, false, List.of(new Value.Bit("isatap", 1, false)))),
                        new Attribute("IFLA_IPTUN_FWMARK", 20, Value.u32(0)),
                        // TUNNEL_ENCAP_NONE, and neither checksum nor remote checksum
                        new Attribute("IFLA_IPTUN_ENCAP_TYPE", 15, Value.u16(0)),
                        new Attribute(
                                "IFLA_IPTUN_ENCAP_FLAGS",
                                16,
                                new Value.Bits(
                                        2,
                                        false,
                                        List.of(
                                                new Value.Bit("encap-csum", 1, false),
                                                new Value.Bit("encap-remcsum", 4, false)))),
                        new Attribute("IFLA_IPTUN_ENCAP_SPORT", 17, Value.be16(0)),
                        new Attribute("IFLA_IPTUN_ENCAP_DPORT", 18, Value.be16(0)));
    }

    @Test
    void tellsTheKernelOfIsatapInsteadOfARemote() {
        assertThat(told(Map.of("isatap", "true")).options())
                .extracting(LinkOption::attribute)
                .contains(new Attribute(
                        "IFLA_IPTUN_FLAGS", 8, new Value.Bits(2, false, List.of(new Value.Bit("isatap", 1, true)))))
                .doesNotContain(new Attribute("IFLA_IPTUN_REMOTE", 3, new Value.Address(B)));
    }

    @Test
    void isNoIsatapInterfaceInAModeWithoutIpv6OrWithA6rdPrefix() {
        assertThat(SIT.conflicts(Options.of(SIT, Map.of("isatap", "true")))).isEmpty();
        assertThat(SIT.conflicts(Options.of(SIT, Map.of("isatap", "true", "mode", "ipip"))))
                .containsOnlyKeys("isatap");
        assertThat(SIT.conflicts(Options.of(SIT, Map.of("isatap", "true", "6rd-prefix", "2001:db8::/32"))))
                .containsOnlyKeys("isatap");
    }

    @Test
    void tellsTheKernelA6rdPrefixInsteadOfARemote() {
        assertThat(told(Map.of("6rd-prefix", "2001:db8:2::/48", "6rd-relay_prefix", "198.51.100.0/24"))
                        .options())
                .extracting(LinkOption::attribute)
                .contains(
                        new Attribute(
                                "IFLA_IPTUN_6RD_PREFIX",
                                11,
                                new Value.Address(
                                        IpAddress.parse("2001:db8:2::").orElseThrow())),
                        new Attribute("IFLA_IPTUN_6RD_PREFIXLEN", 13, Value.u16(48)),
                        new Attribute(
                                "IFLA_IPTUN_6RD_RELAY_PREFIX",
                                12,
                                new Value.Address(
                                        IpAddress.parse("198.51.100.0").orElseThrow())),
                        new Attribute("IFLA_IPTUN_6RD_RELAY_PREFIXLEN", 14, Value.u16(24)))
                .extracting(Attribute::name)
                .doesNotContain("IFLA_IPTUN_REMOTE");
    }
}
