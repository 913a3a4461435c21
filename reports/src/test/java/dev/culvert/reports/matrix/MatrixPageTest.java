package dev.culvert.reports.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.conformance.Outcome;
import dev.culvert.reports.LargeRun;
import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import dev.culvert.reports.result.Links;
import dev.culvert.reports.result.RunResult;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MatrixPageTest {

    private static final Links LINKS = new Links(Path.of("report"), Optional.empty());
    private static final Pattern DATA = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL);

    private final SampleRun run =
            new SampleRun().on(SampleTopologies.plain("ipip")).on(SampleTopologies.routed());

    @Test
    void cellLeadsToExpectedActualTheMarkedPacketAndItsCapture() throws Exception {
        // Given
        run.found("SAMPLE-TTL", "ipip", Outcome.FAIL, 2);

        // When
        JsonNode data = data(page(run.result()));

        // Then
        JsonNode judged = data.at("/judged").get(data.at("/rows/0/cells/0").asInt());
        assertThat(judged.at("/outcome").asText()).isEqualTo("FAIL");
        // Number of the finding, how many times, capture point, number in the capture, number of the packet in the
        // page.
        assertThat(judged.at("/found/0").toString()).isEqualTo("[0,2,\"a.eth0\",12,0]");
        JsonNode found = data.at("/found/0");
        assertThat(found.at("/expected").asText()).isEqualTo("64");
        assertThat(found.at("/actual").asText()).isEqualTo("63");
        JsonNode packet = data.at("/packets/0");
        assertThat(packet.at("/where").asText()).isEqualTo("packet 12 on a.eth0, during \"ttl-default\" of ipip");
        assertThat(packet.at("/markup").asText()).contains("<mark>ttl 63</mark>");
        assertThat(data.at("/columns/0/evidence").asText()).isEqualTo("evidence/ipip/");
    }

    @Test
    void findingOfManyCellsIsThereOnce() throws Exception {
        // Given
        run.found("SAMPLE-TTL", "ipip", Outcome.FAIL, 1).found("SAMPLE-TTL", "ipip-routed", Outcome.FAIL, 3);

        // When
        JsonNode data = data(page(run.result()));

        // Then
        assertThat(data.at("/found")).hasSize(1);
        assertThat(data.at("/packets").findValuesAsText("where"))
                .containsExactly(
                        "packet 12 on a.eth0, during \"ttl-default\" of ipip",
                        "packet 12 on a.eth0, during \"ttl-default\" of ipip-routed");
        assertThat(data.at("/judged")).hasSize(2);
    }

    @Test
    void saysWhyARequirementSaysNothingOfATopology() throws Exception {
        // Given
        run.pass("SAMPLE-TOS", "ipip-routed");

        // When
        String page = page(run.result());

        // Then
        JsonNode data = data(page);
        int cell = data.at("/rows/0/cells/0").asInt();
        assertThat(data.at("/absent").get(-1 - cell).asText()).isEqualTo("needs a router between the servers");
        assertThat(page).contains("<td><td class=PASS>✓</tr>");
    }

    @Test
    void groupsRowsBySourceAndColumnsByKindAndKernel() {
        // Given
        run.kernel("6.1.0-49").on(SampleTopologies.plain("ipip"));
        run.pass("SAMPLE-TTL", "ipip@6.12")
                .pass("SAMPLE-TTL", "ipip-routed@6.12")
                .pass("SAMPLE-TTL", "ipip@6.1");

        // When
        String page = page(run.result());

        // Then
        assertThat(page)
                .contains("<tbody class=\"source\"><tr><th colspan=\"4\"><span>RFC 2003</span>")
                .contains("<span>section 3.1, the outer header</span>")
                .contains("colspan=\"3\" data-columns=\"3\"><span>ipip</span>")
                .containsPattern(
                        "colspan=\"2\" data-columns=\"2\"><span>6\\.12</span>.*colspan=\"1\" data-columns=\"1\"><span>6\\.1</span>")
                .contains("name=\"kernel\" value=\"6.1\"", "name=\"differs\"");
    }

    @Test
    void offersOnlyFiltersThatChooseSomething() {
        // Given
        run.pass("SAMPLE-TTL", "ipip").found("SAMPLE-TTL", "ipip-routed", Outcome.FAIL, 1);

        // When
        String page = page(run.result());

        // Then
        assertThat(page)
                .contains("name=\"verdict\" value=\"PASS\"", "name=\"verdict\" value=\"FAIL\"")
                .doesNotContain(
                        "value=\"BROKEN\"", "name=\"level\"", "name=\"kind\"", "name=\"kernel\"", "name=\"differs\"");
    }

    @Test
    void whatTheKernelSaidCannotBecomeStructure() {
        // Given
        run.verdict("SAMPLE-TTL", "ipip", Outcome.UNSUPPORTED, "</script><script>alert(1)</script>");

        // When
        String page = page(run.result());

        // Then
        assertThat(page).contains("\\u003c/script>\\u003cscript>alert").doesNotContain("<script>alert");
    }

    @Test
    void staysSmallHoweverMuchFails() {
        // Given: every cell of a full matrix finds as much as it can, and no two cells the same
        RunResult everythingFails = LargeRun.everythingFails();

        // When
        String page = page(everythingFails);

        // Then
        assertThat(everythingFails.judged()).hasSizeGreaterThan(LargeRun.CELLS - 1);
        assertThat(page.length()).isLessThan(12_000_000);
    }

    @Test
    void fullMatrixIsAFewMegabytes() {
        assertThat(page(LargeRun.realistic()).length()).isLessThan(3_000_000);
    }

    @Test
    void namesTheTopologyThatWasObservedASecondTime() {
        // Given
        run.again("Oops: int3: 0000 [#1]").on(SampleTopologies.plain("gre")).pass("SAMPLE-TTL", "gre");

        // When
        String page = page(run.result());

        // Then
        assertThat(page.split("Observed a second time", -1)).hasSize(2);
        assertThat(page).contains("<b>gre</b> Observed a second time");
    }

    private static String page(RunResult result) {
        return MatrixPage.of(result, LINKS);
    }

    private static JsonNode data(String page) throws Exception {
        Matcher matcher = DATA.matcher(page);
        assertThat(matcher.find()).isTrue();
        return JsonMapper.builder().build().readTree(matcher.group(1));
    }
}
