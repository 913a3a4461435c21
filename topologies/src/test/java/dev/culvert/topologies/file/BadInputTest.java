package dev.culvert.topologies.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Problem;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get wrong most about a tunnel, each with all that they read: the place, the value, what is wrong, what is allowed or to be done. */
class BadInputTest {

    private static final String ESP = """
            esp:
              suite: aes-gcm
              a: {spi: 256, key: "00112233445566778899aabbccddeeff00112233"}
              b: {spi: 257, key: "ff112233445566778899aabbccddeeff00112233"}
            """;

    private static String tunnel(String kind, String options) {
        return """
                name: mine
                underlay:
                  subnet: 198.51.100.0/24
                tunnel:
                  kind: %s
                  subnet: 203.0.113.0/24
                  options: {%s}
                """.formatted(kind, options);
    }

    private static void says(String text, String problem) {
        assertThat(TopologiesTest.problemsOf(text)).map(Problem::toString).containsExactly("my.yaml:" + problem);
    }

    @ParameterizedTest
    @CsvSource({"vti, ttl", "gretap, id", "geneve, key", "ipip, seq"})
    void optionsThatTheKindDoesNotHave(String kind, String option) {
        String known = Kinds.named(kind).orElseThrow().options().stream()
                .map(Option::name)
                .sorted()
                .collect(Collectors.joining(", "));

        assertThat(TopologiesTest.problemsOf(tunnel(kind, option + ": 7")))
                .map(Problem::toString)
                .anyMatch(problem -> problem.startsWith("my.yaml:7:13: tunnel.options." + option + ": \"" + option
                                + "\" is no key of tunnel.options;")
                        && problem.endsWith(" known: " + known));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            gre    | key: 4294967296    | 7:18: tunnel.options.key: "4294967296" is not a 32-bit key: 0 … 4294967295, or a dotted quad
            gre    | ikey: -1, okey: 1  | 7:19: tunnel.options.ikey: "-1" is not a 32-bit key: 0 … 4294967295, or a dotted quad
            geneve | id: 16777216       | 7:17: tunnel.options.id: "16777216" is not a whole number within 0 … 16777215
            erspan | seq: true, key: 1024, erspan: 1 | 7:29: tunnel.options.key: "1024" is not a whole number within 0 … 1023
            erspan | seq: true, key: 1, erspan: 1048576 | 7:40: tunnel.options.erspan: "1048576" is not a whole number within 1 … 1048575
            erspan | seq: true, key: 1, erspan_ver: 2, erspan_hwid: 64 | 7:60: tunnel.options.erspan_hwid: "64" is not a whole number within 0 … 63
            erspan | seq: true, key: 1, erspan_hwid: 63 | 7:45: tunnel.options.erspan_hwid: "63" is a field of type III, and erspan_ver 1 is another type; give erspan_ver: 2, or leave it out
            ipip   | ttl: 64, pmtudisc: false | 7:32: tunnel.options.pmtudisc: "false" cannot be false beside a fixed ttl; iproute2 refuses the pair, so leave one of them out
            sit    | ttl: 64, pmtudisc: false, mode: ipip | 7:32: tunnel.options.pmtudisc: "false" cannot be false beside a fixed ttl; iproute2 refuses the pair, so leave one of them out
            gre    | ignore-df: true    | 7:24: tunnel.options.ignore-df: "true" cannot be true beside pmtudisc; the kernel refuses the pair, so set pmtudisc: false
            """)
    void valuesThatAreOutOfRangeOrOutOfPlace(String kind, String options, String problem) {
        says(tunnel(kind, options), problem);
    }

    @Test
    void anOptionThatMustBeThere() {
        says(
                tunnel("geneve", "ttl: 64"),
                "7:12: tunnel.options.id: must be given: the virtual network identifier, 0 … 16777215, which is the same at both ends");
        says(
                tunnel("erspan", "seq: true"),
                "7:12: tunnel.options.key: must be given: the session id, 0 … 1023, on which the kernel insists");
    }

    @Test
    void anIpv6AddressForAnIpv4Underlay() {
        String gre = tunnel("gre", "key: 7");

        says(
                gre.replace("198.51.100.0/24", "2001:db8:1::/64"),
                "3:11: underlay.subnet: \"2001:db8:1::/64\" is IPv6, and the outer header of this tunnel is IPv4; give IPv4");
        says(
                gre + "b: {tunnel: {local: \"2001:db8:1::2\"}}\n",
                "8:21: b.tunnel.local: \"2001:db8:1::2\" is IPv6, and the outer header of this tunnel is IPv4; give IPv4");
    }

    @Test
    void keysOfIpsecThatAreMissing() {
        String vti = tunnel("vti", "key: 7");

        says(vti, "1:1: esp: must be given for vti: suite, and spi and key of a and b");
        says(
                vti + ESP.replace(", key: \"ff112233445566778899aabbccddeeff00112233\"", ""),
                "11:6: esp.b.key: must be given: a key of hexadecimal digits, two for each byte, in quotes");
        says(
                vti + ESP.replace("spi: 256", "spi: 255"),
                "10:12: esp.a.spi: \"255\" is not a security parameters index within 256 … 4294967295");
        says(
                vti + ESP.replace("spi: 256", "spi: 4294967296"),
                "10:12: esp.a.spi: \"4294967296\" is not a security parameters index within 256 … 4294967295");
    }

    @Test
    void aPortOfUdpAtWhichNobodyListens() {
        says(
                tunnel("ipip", "encap: fou, encap-dport: 5555") + "b: {tunnel: {listen: 5556}}\n",
                "8:22: b.tunnel.listen: \"5556\" is not where a sends to, which is 5555 by its encap-dport, so that nothing listens there;"
                        + " make them one, or leave it out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            b: {underlay: {address: 198.51.100.1/24}} | 8:25: b.underlay.address: "198.51.100.1/24" is the address of a too; give each its own
            b: {tunnel: {local: 198.51.100.1}}        | 8:21: b.tunnel.local: "198.51.100.1" is the address of eth0 on a; give an address of b's underlay, or one that nothing else has
            b: {tunnel: {remote: 198.51.100.2}}       | 8:22: b.tunnel.remote: "198.51.100.2" is the local address of this end too; a tunnel has two ends
            b: {tunnel: {address: 203.0.113.1/24}}    | 8:23: b.tunnel.address: "203.0.113.1/24" is the internal address of a too; give each its own
            """)
    void bothEndsWithTheSameAddress(String part, String problem) {
        says(tunnel("ipip", "ttl: 64") + part, problem);
    }

    /** The kernel takes the pair: {@code ip_tunnel_xmit} then copies DF from the inner header. */
    @ParameterizedTest
    @ValueSource(strings = {"gre", "ipip", "gretap"})
    void takesAnInheritedTtlWithoutPathMtuDiscovery(String kind) {
        assertThat(TopologiesTest.problemsOf(tunnel(kind, "ttl: inherit, pmtudisc: false")))
                .isEmpty();
    }
}
