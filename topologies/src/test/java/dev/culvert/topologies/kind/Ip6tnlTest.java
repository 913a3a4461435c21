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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ip6tnlTest {

    private static final Kind IP6TNL = Kinds.named("ip6tnl").orElseThrow();
    private static final InetAddress A = IpAddress.parse("2001:db8:1::1").orElseThrow();
    private static final InetAddress B = IpAddress.parse("2001:db8:1::2").orElseThrow();
    private static final InterfaceAddress INNER =
            InterfaceAddress.parse("2001:db8:2::1/64").orElseThrow();

    private static Options options(Map<String, String> given) {
        return Options.of(IP6TNL, given);
    }

    private static String made(Map<String, String> given) {
        return String.join(" ", IP6TNL.addDevice(new TunnelEnd("t1", A, B, INNER, null, options(given))));
    }

    /** ip/link_ip6tnl.c reads traffic class and flow label in hexadecimal. */
    @Test
    void saysEveryOptionInTheWordsOfIpLink() {
        assertThat(made(Map.of(
                        "mode",
                        "ip6ip6",
                        "encaplimit",
                        "9",
                        "hoplimit",
                        "33",
                        "tclass",
                        "83",
                        "flowlabel",
                        "1048575",
                        "dev",
                        "eth0")))
                .isEqualTo("ip link add t1 type ip6tnl local 2001:db8:1::1 remote 2001:db8:1::2"
                        + " mode ip6ip6 encaplimit 9 hoplimit 33 tclass 0x53 flowlabel 0xfffff dev eth0");
        assertThat(made(Map.of(
                        "encaplimit", "none", "hoplimit", "inherit", "tclass", "inherit", "flowlabel", "inherit")))
                .endsWith(" encaplimit none hoplimit inherit tclass inherit flowlabel inherit");
    }

    @ParameterizedTest
    @CsvSource({"4, 48, 1452, 60", "0, 48, 1452, 60", "none, 40, 1460, 41"})
    void costsEightBytesForTheEncapsulationLimit(String limit, int overhead, int mtu, int protocol) {
        Options options = options(Map.of("encaplimit", limit));

        assertThat(IP6TNL.overhead(Family.IPV6, options)).isEqualTo(overhead);
        assertThat(IP6TNL.defaultMtu(Family.IPV6, 1500, options)).isEqualTo(mtu);
        assertThat(IP6TNL.outerProtocol(options, Carried.IPV6)).isEqualTo(protocol);
    }

    @ParameterizedTest
    // next header, length 0, option 4 of length 1 with the limit, PadN of length 1 (RFC 2473 section 4.1.1)
    @CsvSource({
        "4, IPV6, 29 00 04 01 04 01 01 00 60 00",
        "9, IPV4, 04 00 04 01 09 01 01 00 60 00",
        "255, MPLS, 89 00 04 01 ff 01 01 00 60 00",
        "none, IPV6, 60 00"
    })
    void encapsulatesAsRfc2473Says(String limit, Carried carried, String behindOuterHeader) {
        byte[] bytes = IP6TNL.encapsulate(options(Map.of("encaplimit", limit)), carried, new byte[] {0x60, 0});

        assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes)).isEqualTo(behindOuterHeader);
    }

    @ParameterizedTest
    @CsvSource({"any, true, true, true", "ip6ip6, false, true, false", "ipip6, true, false, false"})
    void carriesWhatItsModeSays(String mode, boolean ipv4, boolean ipv6, boolean labels) {
        Options options = options(Map.of("mode", mode));

        assertThat(IP6TNL.innerFamilies(options).contains(Family.IPV4)).isEqualTo(ipv4);
        assertThat(IP6TNL.innerFamilies(options).contains(Family.IPV6)).isEqualTo(ipv6);
        assertThat(IP6TNL.carriesLabels(options)).isEqualTo(labels);
    }

    @Test
    void isNeverTooNarrowForIpv6() {
        assertThat(IP6TNL.defaultMtu(Family.IPV6, 1300, Options.none(IP6TNL))).isEqualTo(1280);
    }

    private static LinkInfo told(Map<String, String> given) {
        return IP6TNL.linkInfo(new TunnelEnd("t1", A, B, INNER, null, options(given)));
    }

    private static Value.Bits flags(
            boolean noLimit,
            boolean inheritsClass,
            boolean inheritsLabel,
            boolean takesDscp,
            boolean inheritsMark,
            boolean localRemote) {
        return new Value.Bits(
                4,
                false,
                List.of(
                        new Value.Bit("encaplimit none", 1, noLimit),
                        new Value.Bit("tclass inherit", 2, inheritsClass),
                        new Value.Bit("flowlabel inherit", 4, inheritsLabel),
                        new Value.Bit("dscp inherit", 0x10, takesDscp),
                        new Value.Bit("fwmark inherit", 0x20, inheritsMark),
                        new Value.Bit("allow-localremote", 0x40, localRemote)));
    }

    @Test
    void tellsTheKernelEveryOptionInTheNumbersOfIfTunnelH() {
        LinkInfo info = told(Map.of("mode", "ipip6", "encaplimit", "9", "tclass", "83", "flowlabel", "1048575"));

        assertThat(info.kind()).isEqualTo("ip6tnl");
        assertThat(info.options())
                .extracting(LinkOption::attribute)
                .containsExactly(
                        new Attribute("IFLA_IPTUN_PROTO", 9, Value.u8(4)), // IPPROTO_IPIP
                        new Attribute("IFLA_IPTUN_LINK", 1, Value.u32(0)),
                        new Attribute("IFLA_IPTUN_LOCAL", 2, new Value.Address(A)),
                        new Attribute("IFLA_IPTUN_REMOTE", 3, new Value.Address(B)),
                        new Attribute("IFLA_IPTUN_TTL", 4, Value.u8(64)),
                        new Attribute("IFLA_IPTUN_ENCAP_LIMIT", 6, Value.u8(9)),
                        // traffic class 0x53, flow label 0xfffff
                        new Attribute("IFLA_IPTUN_FLOWINFO", 7, Value.be32(0x053f_ffffL)),
                        new Attribute("IFLA_IPTUN_FLAGS", 8, flags(false, false, false, false, false, false)),
                        new Attribute("IFLA_IPTUN_FWMARK", 20, Value.u32(0)),
                        // TUNNEL_ENCAP_NONE, and TUNNEL_ENCAP_FLAG_CSUM6 as iproute2 sets it without being told
                        new Attribute("IFLA_IPTUN_ENCAP_TYPE", 15, Value.u16(0)),
                        new Attribute(
                                "IFLA_IPTUN_ENCAP_FLAGS",
                                16,
                                new Value.Bits(
                                        2,
                                        false,
                                        List.of(
                                                new Value.Bit("encap-udp6-csum", 2, true),
                                                new Value.Bit("encap-remcsum", 4, false)))),
                        new Attribute("IFLA_IPTUN_ENCAP_SPORT", 17, Value.be16(0)),
                        new Attribute("IFLA_IPTUN_ENCAP_DPORT", 18, Value.be16(0)));
    }

    @Test
    void takesTheDscpOfTheOuterHeaderWhereItIsTold() {
        assertThat(IP6TNL.takesDscp(options(Map.of("dscp", "inherit")))).isTrue();
        assertThat(IP6TNL.takesDscp(Options.none(IP6TNL))).isFalse();
    }

    @Test
    void tellsTheKernelByFlagsWhatIsNoNumber() {
        assertThat(told(Map.of(
                                "encaplimit",
                                "none",
                                "tclass",
                                "inherit",
                                "flowlabel",
                                "inherit",
                                "dscp",
                                "inherit",
                                "fwmark",
                                "inherit",
                                "allow-localremote",
                                "true"))
                        .options())
                .extracting(LinkOption::attribute)
                .contains(
                        new Attribute("IFLA_IPTUN_FLOWINFO", 7, Value.be32(0)),
                        new Attribute("IFLA_IPTUN_FLAGS", 8, flags(true, true, true, true, true, true)),
                        new Attribute("IFLA_IPTUN_FWMARK", 20, Value.u32(0)));
    }
}
