package dev.culvert.reports.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.reports.LargeRun;
import dev.culvert.reports.result.Links;
import dev.culvert.reports.text.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run of realistic size in a browser, used as {@code drive.js} says. */
class MatrixScriptTest {

    private static final Pattern SAW = Pattern.compile("<pre id=\"saw\">([^<]*)<");

    @TempDir
    static Path directory;

    private static JsonNode saw;

    @BeforeAll
    static void usePage() throws Exception {
        Optional<Chromium> chromium = Chromium.find(directory);
        assumeTrue(chromium.isPresent(), "no Chromium on the path; on Debian, apt-get install chromium");
        String page = MatrixPage.of(LargeRun.realistic(), new Links(directory, Optional.empty()));
        String drive = Template.beside(MatrixScriptTest.class, "drive.js")
                .fill(Map.of())
                .toString();
        Path driven = Files.writeString(
                directory.resolve("matrix.html"), page.replace("</body>", "<script>" + drive + "</script></body>"));
        Matcher matcher = SAW.matcher(chromium.get().document(driven));
        assertThat(matcher.find()).as("the page was used to its end").isTrue();
        saw = JsonMapper.builder().build().readTree(Base64.getDecoder().decode(matcher.group(1)));
    }

    @Test
    void showsEverythingWhenNothingIsChosen() {
        // 15 kinds of 4 topologies on 2 kernels; two of three columns lack every third requirement, of which there are
        // 67 in 200.
        assertThat(saw.at("/opened/shown").asText())
                .isEqualTo("200 of 200 requirements, 120 of 120 columns, " + (200 * 120 - 67 * 80) + " verdicts");
        assertThat(saw.at("/opened/panel").asText()).isEmpty();
    }

    @Test
    void kindAndKernelChooseColumns() {
        // The four columns of a kind on one kernel are numbered 12 to 15 there; 12 and 15 are divisible by three.
        assertThat(saw.at("/kind and kernel/shown").asText())
                .isEqualTo("200 of 200 requirements, 4 of 120 columns, " + (4 * 133 + 2 * 67) + " verdicts");
        assertThat(saw.at("/kind and kernel/heads").asInt()).isEqualTo(4);
        assertThat(saw.at("/kind and kernel/headed").asInt()).isEqualTo(4);
    }

    @Test
    void verdictChoosesRowsAndColumns() {
        // Requirement 10 fails, on 6.1 alone.
        assertThat(saw.at("/verdict/shown").asText())
                .isEqualTo("1 of 200 requirements, 60 of 120 columns, 60 verdicts");
        assertThat(saw.at("/verdict/rows/0").asText()).startsWith("SAMPLE-10-");
        assertThat(saw.at("/verdict/sources").asInt()).isEqualTo(1);
    }

    @Test
    void kernelsThatDifferAreFoundInBothOfTheirColumns() {
        assertThat(saw.at("/differs/shown").asText())
                .isEqualTo("1 of 200 requirements, 120 of 120 columns, 120 verdicts");
    }

    @Test
    void wordsMayBeOfTheRequirementAndOfTheTopology() {
        assertThat(saw.at("/words/shown").asText()).isEqualTo("1 of 200 requirements, 2 of 120 columns, 2 verdicts");
    }

    @Test
    void saysWhenNothingFits() {
        assertThat(saw.at("/nothing/nothing").asBoolean()).isTrue();
        assertThat(saw.at("/nothing/rows")).isEmpty();
    }

    @Test
    void addressOpensWhatStandsBehindACell() {
        assertThat(saw.at("/cell/panel").asText())
                .contains(
                        "<h3>" + saw.at("/verdict/rows/0").asText() + "</h3>", "kind0-variant1, kernel 6.1.0-49-amd64")
                .contains("<dt>expected</dt><dd class=\"mono\">64</dd><dt>actual</dt><dd class=\"mono\">62</dd>")
                .contains("<mark>ttl 63</mark>", "also on", " and 51 more")
                .contains("captures/a.eth0.pcap", "topologies/kind0-variant1%406.1.repro.sh");
        // The columns of the first kind are four on 6.12, then four on 6.1.
        assertThat(saw.at("/cell/selected").asText()).startsWith("SAMPLE-10-").endsWith(" 6 FAIL");
    }

    @Test
    void escapeClosesAndGoesBackToTheCell() {
        assertThat(saw.at("/escaped/panel").asText()).isEmpty();
        assertThat(saw.at("/escaped/hash").asText()).isEqualTo("#verdict=FAIL");
        assertThat(saw.at("/escaped/focused").asText())
                .isEqualTo(saw.at("/cell/selected").asText());
    }

    @Test
    void arrowsGoFromVerdictToVerdictAndEnterOpens() {
        // Requirement 0 speaks of every third topology: of the first and the fourth.
        assertThat(saw.at("/first/focused").asText()).startsWith("SAMPLE-0-").endsWith(" 1 PASS");
        assertThat(saw.at("/right/focused").asText()).startsWith("SAMPLE-0-").endsWith(" 4 PASS");
        assertThat(saw.at("/down/focused").asText()).startsWith("SAMPLE-1-").endsWith(" 4 PASS");
        assertThat(saw.at("/entered/panel").asText()).contains("kind0-variant3, kernel 6.12.0-49-amd64");
        assertThat(saw.at("/left/focused").asText())
                .isEqualTo(saw.at("/down/focused").asText());
    }

    @Test
    void whatIsChosenStandsInTheAddress() {
        assertThat(saw.at("/clicked/hash").asText()).isEqualTo("#verdict=DEVIATES");
        assertThat(saw.at("/clicked/shown").asText())
                .isEqualTo("1 of 200 requirements, 120 of 120 columns, 120 verdicts");
    }
}
