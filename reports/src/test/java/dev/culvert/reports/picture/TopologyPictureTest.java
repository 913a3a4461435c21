package dev.culvert.reports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.reports.SampleTopologies;
import dev.culvert.topologies.file.Topologies;
import java.io.StringReader;
import java.util.List;
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
