package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreTest {

    private static final Kind GRE = Kinds.named("gre").orElseThrow();
    private static final InetAddress A = IpAddress.parse("198.51.100.1").orElseThrow();
    private static final InetAddress B = IpAddress.parse("198.51.100.2").orElseThrow();

    private static Options options(Map<String, String> given) {
        return Options.of(GRE, given);
    }

    private static String behindOuterHeader(Map<String, String> given) {
        byte[] bytes = GRE.encapsulate(options(given), Carried.IPV4, new byte[] {0x45, 0x00, 0x01});
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    @Test
    void needsAnOptionOfTheKernelWhereTheRemoteIsAGroup() {
        InetAddress group = IpAddress.parse("239.0.0.1").orElseThrow();

        assertThat(GRE.configuration(end(B))).isEmpty();
        assertThat(GRE.configuration(end(group))).containsExactly("CONFIG_NET_IPGRE_BROADCAST");
    }

    private static TunnelEnd end(InetAddress remote) {
        return new TunnelEnd("t1", A, remote, new InterfaceAddress(A, 24), null, options(Map.of()));
    }

    @Test
    void saysEveryOptionInTheWordsOfIpLink() {
        Map<String, String> given = Map.of(
                "ikey",
                "1",
                "okey",
                "2",
                "csum",
                "true",
                "iseq",
                "true",
                "ttl",
                "64",
                "pmtudisc",
                "false",
                "ignore-df",
                "true",
                "dev",
                "eth0");
        TunnelEnd end = new TunnelEnd("t1", A, B, new InterfaceAddress(A, 24), null, options(given));

        assertThat(String.join(" ", GRE.addDevice(end)))
                .isEqualTo("ip link add t1 type gre local 198.51.100.1 remote 198.51.100.2 "
                        + "ikey 1 okey 2 csum iseq ttl 64 nopmtudisc ignore-df dev eth0");
    }

    @ParameterizedTest
    @CsvSource({"csum, false, false, 24", "csum, true, false, 28", "seq, true, true, 32", "iseq, true, false, 24"})
    void costsFourBytesForEachFieldOfWhatItSends(String field, String there, String key, int overhead) {
        Map<String, String> given = key.equals("true") ? Map.of(field, there, "key", "7") : Map.of(field, there);

        assertThat(GRE.overhead(Family.IPV4, options(given))).isEqualTo(overhead);
        assertThat(GRE.defaultMtu(Family.IPV4, 1500, options(given))).isEqualTo(1500 - overhead);
    }

    @Test
    void encapsulatesAsRfc2784And2890Say() {
        // no flags, version 0; protocol type 0x0800
        assertThat(behindOuterHeader(Map.of())).isEqualTo("00 00 08 00 45 00 01");
        // K; key 7
        assertThat(behindOuterHeader(Map.of("key", "7"))).isEqualTo("20 00 08 00 00 00 00 07 45 00 01");
        // C: 0x8000 + 0x0800 + 0x4500 + 0x0100 = 0xce00, its complement 0x31ff
        assertThat(behindOuterHeader(Map.of("csum", "true"))).isEqualTo("80 00 08 00 31 ff 00 00 45 00 01");
        // C, K, S: the words in this order
        assertThat(behindOuterHeader(Map.of("csum", "true", "okey", "4294967295", "oseq", "true")))
                .startsWith("b0 00 08 00")
                .contains("00 00 ff ff ff ff 00 00 00 00 45 00 01");
    }

    @Test
    void givesEachEndTheKeyThatTheOtherSendsBy() {
        Topology topology = Topologies.named("gre-keys");

        assertThat(topology.a().tunnel().options().words()).containsExactly("ikey", "16909060", "okey", "3000000000");
        assertThat(topology.b().tunnel().options().words()).containsExactly("ikey", "3000000000", "okey", "16909060");
    }

    @Test
    void tellsTheKernelTheFieldsOfEachDirection() {
        Map<String, String> given = Map.of("key", "3000000000", "icsum", "true", "seq", "true", "ttl", "64");
        TunnelEnd end = new TunnelEnd("t1", A, B, new InterfaceAddress(A, 24), null, options(given));

        LinkInfo info = GRE.linkInfo(end);

        assertThat(info.kind()).isEqualTo("gre");
        assertThat(numbers(info))
                .containsEntry("IFLA_GRE_IKEY", 3_000_000_000L)
                .containsEntry("IFLA_GRE_OKEY", 3_000_000_000L)
                .containsEntry("IFLA_GRE_IFLAGS", 0xb000L) // GRE_CSUM, GRE_KEY, GRE_SEQ
                .containsEntry("IFLA_GRE_OFLAGS", 0x3000L) // GRE_KEY, GRE_SEQ
                .containsEntry("IFLA_GRE_TTL", 64L)
                .containsEntry("IFLA_GRE_PMTUDISC", 1L)
                .containsEntry("IFLA_GRE_IGNORE_DF", 0L);
        assertThat(info.options().stream().flatMap(option -> option.shown().stream()))
                .contains(
                        new Shown("ikey", "178.208.94.0"),
                        new Shown("icsum", "true"),
                        new Shown("ocsum", null),
                        new Shown("oseq", "true"),
                        new Shown("ignore_df", null));
    }

    private static Map<String, Long> numbers(LinkInfo info) {
        Map<String, Long> numbers = new HashMap<>();
        for (LinkOption option : info.options()) {
            if (option.attribute().value() instanceof Value.Unsigned number) {
                numbers.put(option.attribute().name(), number.value());
            } else if (option.attribute().value() instanceof Value.Bits bits) {
                numbers.put(option.attribute().name(), bits.value());
            }
        }
        return numbers;
    }

    @ParameterizedTest
    @CsvSource({"key, 1, ikey, 2", "csum, true, ocsum, false", "ignore-df, true, pmtudisc, true"})
    void refusesOptionsThatContradictEachOther(String one, String value, String other, String otherValue) {
        assertThat(GRE.conflicts(options(Map.of(one, value, other, otherValue))))
                .containsOnlyKeys(one);
    }
}
