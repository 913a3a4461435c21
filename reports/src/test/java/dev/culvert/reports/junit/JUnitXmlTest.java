package dev.culvert.reports.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.conformance.Outcome;
import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import dev.culvert.reports.result.RunResult;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class JUnitXmlTest {

    private final SampleRun run =
            new SampleRun().on(SampleTopologies.plain("ipip")).on(SampleTopologies.routed());

    @Test
    void namesEachCaseByRequirementAndTopology() throws Exception {
        // Given
        run.pass("SAMPLE-TTL", "ipip").pass("SAMPLE-TTL", "ipip-routed");

        // When
        Document xml = written(run.result());

        // Then
        assertThat(element(xml, "testcase", 0).getAttribute("name")).isEqualTo("SAMPLE-TTL [ipip]");
        assertThat(element(xml, "testcase", 1).getAttribute("name")).isEqualTo("SAMPLE-TTL [ipip-routed]");
        assertThat(element(xml, "testcase", 0).getAttribute("classname"))
                .isEqualTo("dev.culvert.reports.SampleSection");
    }

    @Test
    void failShowsExpectedActualAndTheMarkedPacket() throws Exception {
        // Given
        run.found("SAMPLE-TTL", "ipip", Outcome.FAIL, 1);

        // When
        Document xml = written(run.result());

        // Then
        Element failure = element(xml, "failure", 0);
        assertThat(failure.getAttribute("message")).isEqualTo("outer ttl: expected 64, actual 63");
        assertThat(failure.getTextContent()).contains("RFC 2003 section 3.1", "packet 12 on a.eth0", "[3f]");
        assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("1");
    }

    @Test
    void brokenIsAnErrorAndUnsupportedIsSkipped() throws Exception {
        // Given: the reason holds a bell character, which XML cannot carry
        run.verdict("SAMPLE-TTL", "ipip", Outcome.BROKEN, "no capture\u0007")
                .verdict("SAMPLE-TTL", "ipip-routed", Outcome.UNSUPPORTED, "no module");

        // When
        Document xml = written(run.result());

        // Then
        assertThat(element(xml, "error", 0).getAttribute("message")).isEqualTo("no capture\ufffd");
        assertThat(element(xml, "skipped", 0).getAttribute("message")).isEqualTo("no module");
    }

    @Test
    void deviationPassesAndSaysSoUnlessStrict() throws Exception {
        // Given
        run.found("SAMPLE-TTL", "ipip", Outcome.DEVIATES, 1);

        // When
        Document tolerant = written(run.result());
        Document strict = written(run.strict().result());

        // Then
        assertThat(element(tolerant, "system-out", 0).getTextContent()).startsWith("DEVIATES");
        assertThat(tolerant.getElementsByTagName("failure").getLength()).isZero();
        assertThat(element(strict, "failure", 0).getAttribute("type")).isEqualTo("DEVIATES");
    }

    @Test
    void saysNothingOfTheMachineButKernelAndLab() throws Exception {
        // Given
        run.pass("SAMPLE-TTL", "ipip");

        // When
        Document xml = written(run.result());

        // Then: two topologies, three properties each
        assertThat(xml.getElementsByTagName("property").getLength()).isEqualTo(6);
        assertThat(element(xml, "property", 0).getAttribute("name")).isEqualTo("kernel");
        assertThat(element(xml, "property", 1).getAttribute("name")).isEqualTo("lab");
        assertThat(element(xml, "property", 2).getAttribute("name")).isEqualTo("configurator");
        assertThat(element(xml, "property", 2).getAttribute("value")).isEqualTo("iproute2");
    }

    private static Document written(RunResult result) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(JUnitXml.of(result))));
    }

    private static Element element(Document xml, String name, int index) {
        return (Element) xml.getElementsByTagName(name).item(index);
    }
}
