package dev.culvert.reports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.reports.SampleTopologies;
import dev.culvert.topologies.file.Topologies;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TopologyPictureTest {

    @Test
    void showsBothServersTheLinkAndTheTunnel() throws Exception {
        // Given
        var topology = SampleTopologies.plain("ipip");

        // When
        List<String> texts = texts(TopologyPicture.of(topology).toString());

        // Then
        assertThat(texts)
                .contains("A", "B", "t1", "203.0.113.1/24", "203.0.113.2/24", "198.51.100.1/24", "198.51.100.2/24")
                .contains("ipip, MTU 1480", "underlay 198.51.100.0/24", "MTU 1500")
                .doesNotContain("router", "H", "J");
    }

    @Test
    void showsTheRouterItsNarrowLinkAndTheLanHosts() throws Exception {
        // Given
        var topology = SampleTopologies.routed();

        // When
        List<String> texts = texts(TopologyPicture.of(topology).toString());

        // Then
        assertThat(texts)
                .contains("router", "← eth0 198.51.100.126/25", "eth1 198.51.100.129/25 →", "MTU 1400 / 1500")
                .contains("H", "198.18.1.2/24", "J", "198.18.2.2/24", "lan0");
    }

    @Test
    void showsLabelsAndTheFallbackDevice() throws Exception {
        // Given
        var topology = SampleTopologies.labelled();

        // When
        List<String> texts = texts(TopologyPicture.of(topology).toString());

        // Then
        assertThat(texts).contains("labels → 100 200 · ← 300", "tunl0 (fallback)");
    }

    @Test
    void showsTheInternalAddressAtTheBridgeThatHasIt() throws Exception {
        // Given
        var topology = Topologies.named("gretap-bridged");

        // When
        List<String> texts = texts(TopologyPicture.of(topology).toString());

        // Then
        assertThat(texts).contains("br0", "t1", "lan0", "198.18.1.4/24").containsOnlyOnce("198.18.1.1/24");
    }

    @Test
    void makesRoomForTheLongestAddresses() throws Exception {
        // Given
        var topology = Topologies.parse("long.yaml", """
                name: long
                underlay: {subnet: 2001:db8:1111:2222::/64}
                tunnel: {kind: ip6tnl, subnet: 2001:db8:2::/64}
                a:
                  underlay: {address: 2001:db8:1111:2222:3333:4444:5555:6666/64}
                  lan: {subnet: 2001:db8:a1::/64, host: 2001:db8:a1:0:1111:2222:3333:4444}
                b:
                  underlay: {address: 2001:db8:1111:2222:3333:4444:5555:7777/64}
                """);

        // When
        String svg = TopologyPicture.of(topology).toString();

        // Then an address, 42 letters of 7.22 px, lies within its box, and the pair of 39 letters each within the tube
        List<Integer> widths = Pattern.compile("<rect class=\"(?:server|host)\" x=\"\\d+\" y=\"\\d+\" width=\"(\\d+)\"")
                .matcher(svg)
                .results()
                .map(result -> Integer.valueOf(result.group(1)))
                .toList();
        assertThat(widths).hasSize(3).allMatch(width -> width > 14 + 36 * 7.22);
        assertThat(widths).filteredOn(width -> width > 14 + 42 * 7.22).hasSize(2);
        assertThat(texts(svg))
                .contains(
                        "2001:db8:1111:2222:3333:4444:5555:6666/64",
                        "2001:db8:1111:2222:3333:4444:5555:6666 ⇄ 2001:db8:1111:2222:3333:4444:5555:7777");
        assertThat(tubeLength(svg)).isGreaterThan((int) (79 * 7.22));
    }

    private static int tubeLength(String svg) {
        Matcher tube = Pattern.compile("class=\"tube\" d=\"M(\\d+) \\d+H(\\d+)").matcher(svg);
        assertThat(tube.find()).isTrue();
        return Integer.parseInt(tube.group(2)) - Integer.parseInt(tube.group(1));
    }

    private static List<String> texts(String svg) throws Exception {
        NodeList texts = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }
}
