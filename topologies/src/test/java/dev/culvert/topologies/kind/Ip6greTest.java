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

class Ip6greTest {

    private static final Kind IP6GRE = Kinds.named("ip6gre").orElseThrow();
    private static final InetAddress A = IpAddress.parse("2001:db8:1::1").orElseThrow();
    private static final InetAddress B = IpAddress.parse("2001:db8:1::2").orElseThrow();
    private static final InterfaceAddress INNER =
            InterfaceAddress.parse("2001:db8:2::1/64").orElseThrow();

    private static Options options(Map<String, String> given) {
        return Options.of(IP6GRE, given);
    }

    private static TunnelEnd end(Map<String, String> given) {
        return new TunnelEnd("t1", A, B, INNER, null, options(given));
    }

    /** ip/link_gre6.c reads traffic class and flow label in hexadecimal. */
    @Test
    void saysEveryOptionInTheWordsOfIpLink() {
        assertThat(String.join(
                        " ",
                        IP6GRE.addDevice(end(Map.of(
                                "key",
                                "7",
                                "csum",
                                "true",
                                "seq",
                                "true",
                                "encaplimit",
                                "none",
                                "hoplimit",
                                "33",
                                "tclass",
                                "83",
                                "flowlabel",
                                "1048575",
                                "dev",
                                "eth0")))))
                .isEqualTo("ip link add t1 type ip6gre local 2001:db8:1::1 remote 2001:db8:1::2"
                        + " key 7 csum seq encaplimit none hoplimit 33 tclass 0x53 flowlabel 0xfffff dev eth0");
    }

    @ParameterizedTest
    // IPv6 40, encapsulation limit 8, GRE 4 and 4 for each of checksum, key and sequence number
    @CsvSource({
        "4, false, 52, 1448, 60",
        "none, false, 44, 1456, 47",
        "none, true, 56, 1444, 47",
        "4, true, 64, 1436, 60"
    })
    void costsWhatItsHeadersAreLong(String limit, boolean everyWord, int overhead, int mtu, int nextHeader) {
        Map<String, String> plain = Map.of("encaplimit", limit);
        Map<String, String> whole = Map.of("encaplimit", limit, "key", "1", "csum", "true", "seq", "true");
        Options options = options(everyWord ? whole : plain);

        assertThat(IP6GRE.overhead(Family.IPV6, options)).isEqualTo(overhead);
        assertThat(IP6GRE.defaultMtu(Family.IPV6, 1500, options)).isEqualTo(mtu);
        assertThat(IP6GRE.outerProtocol(options, Carried.IPV6)).isEqualTo(nextHeader);
        assertThat(IP6GRE.carriedProtocol(options, Carried.IPV6)).isEqualTo(47);
    }

    @ParameterizedTest
    // next header 47, length 0, option 4 of length 1 with the limit, PadN of length 1; GRE without words, and the
    // EtherType
    @CsvSource({
        "4, IPV6, 2f 00 04 01 04 01 01 00 00 00 86 dd 60 00",
        "none, IPV4, 00 00 08 00 60 00",
        "none, MPLS, 00 00 88 47 60 00"
    })
    void encapsulatesAsRfc7676Says(String limit, Carried carried, String behindOuterHeader) {
        byte[] bytes = IP6GRE.encapsulate(options(Map.of("encaplimit", limit)), carried, new byte[] {0x60, 0});

        assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes)).isEqualTo(behindOuterHeader);
    }

    /** UDP 8, GUE 4 and, for remote checksums, room for 8 more. The encapsulation limit comes before UDP. */
    @Test
    void costsUdpAndItsHeaderTooWithinUdp() {
        Options fou = options(Map.of("encap", "fou", "encap-dport", "5555"));
        Options gue = options(Map.of("encap", "gue", "encap-dport", "6080", "encap-remcsum", "true"));

        assertThat(IP6GRE.overhead(Family.IPV6, fou)).isEqualTo(60);
        assertThat(IP6GRE.defaultMtu(Family.IPV6, 1500, fou)).isEqualTo(1440);
        assertThat(IP6GRE.overhead(Family.IPV6, gue)).isEqualTo(64);
        assertThat(IP6GRE.defaultMtu(Family.IPV6, 1500, gue)).isEqualTo(1428);
        assertThat(IP6GRE.outerProtocol(fou, Carried.IPV6)).isEqualTo(47);
        assertThat(IP6GRE.protocolOfUdp(fou)).isEqualTo(60);
        // GRE's header for IPv6, at once
        assertThat(IP6GRE.encapsulate(fou, Carried.IPV6, new byte[] {0x60})).containsExactly(0, 0, 0x86, 0xdd, 0x60);
    }

    @Test
    void isNeverTooNarrowForIpv6() {
        assertThat(IP6GRE.defaultMtu(Family.IPV6, 1300, Options.none(IP6GRE))).isEqualTo(1280);
    }

    @Test
    void refusesAKeyForBothDirectionsBesideOneForOne() {
        assertThat(IP6GRE.conflicts(options(Map.of("key", "1", "okey", "2")))).containsOnlyKeys("key");
        assertThat(IP6GRE.conflicts(options(Map.of("ikey", "1", "okey", "2")))).isEmpty();
    }

    @Test
    void tellsTheKernelEveryOptionInTheNumbersOfIfTunnelH() {
        LinkInfo info = IP6GRE.linkInfo(end(Map.of("okey", "3000000000", "encaplimit", "none", "tclass", "83")));

        assertThat(info.kind()).isEqualTo("ip6gre");
        assertThat(info.options())
                .extracting(LinkOption::attribute)
                .contains(
                        new Attribute("IFLA_GRE_IKEY", 4, Value.be32(0)),
                        new Attribute("IFLA_GRE_OKEY", 5, Value.be32(3_000_000_000L)),
                        new Attribute("IFLA_GRE_LOCAL", 6, new Value.Address(A)),
                        new Attribute("IFLA_GRE_REMOTE", 7, new Value.Address(B)),
                        new Attribute("IFLA_GRE_LINK", 1, Value.u32(0)),
                        new Attribute("IFLA_GRE_TTL", 8, Value.u8(64)),
                        new Attribute("IFLA_GRE_ENCAP_LIMIT", 11, Value.u8(4)),
                        new Attribute("IFLA_GRE_FLOWINFO", 12, Value.be32(0x0530_0000L)),
                        new Attribute(
                                "IFLA_GRE_FLAGS",
                                13,
                                new Value.Bits(
                                        4,
                                        false,
                                        List.of(
                                                new Value.Bit("encaplimit none", 1, true),
                                                new Value.Bit("tclass inherit", 2, false),
                                                new Value.Bit("flowlabel inherit", 4, false),
                                                new Value.Bit("dscp inherit", 0x10, false),
                                                new Value.Bit("fwmark inherit", 0x20, false),
                                                new Value.Bit("allow-localremote", 0x40, false)))));
    }

    @Test
    void takesTheDscpOfTheOuterHeaderWhereItIsTold() {
        assertThat(IP6GRE.takesDscp(options(Map.of("dscp", "inherit")))).isTrue();
        assertThat(IP6GRE.takesDscp(options(Map.of()))).isFalse();
        assertThat(Kinds.named("ip6gretap").orElseThrow().option("dscp")).isEmpty();
    }
}
