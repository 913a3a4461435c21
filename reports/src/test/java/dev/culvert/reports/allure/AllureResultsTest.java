package dev.culvert.reports.allure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.conformance.Outcome;
import dev.culvert.harness.capture.PcapFile;
import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import dev.culvert.reports.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllureResultsTest {

    private final SampleRun run = new SampleRun().on(SampleTopologies.plain("ipip"));

    @TempDir
    Path first;

    @TempDir
    Path second;

    @Test
    void historyOfATestDependsOnRequirementAndTopologyAlone() throws Exception {
        // Given: the same requirement, alone and beside another topology
        RunResult alone = run.pass("SAMPLE-TTL", "ipip").result();
        RunResult beside = new SampleRun()
                .on(SampleTopologies.routed())
                .on(SampleTopologies.plain("ipip"))
                .pass("SAMPLE-TTL", "ipip")
                .result();

        // When
        JsonNode one = only(alone, first);
        JsonNode other = only(beside, second);

        // Then
        assertThat(one.at("/historyId")).isEqualTo(other.at("/historyId"));
        assertThat(one.at("/testCaseId")).isEqualTo(other.at("/testCaseId"));
    }

    @ParameterizedTest
    @CsvSource({"PASS, passed", "DEVIATES, passed", "FAIL, failed", "BROKEN, broken", "UNSUPPORTED, skipped"})
    void givesEachOutcomeItsStatus(Outcome outcome, String status) throws Exception {
        // Given
        RunResult result = run.verdict("SAMPLE-TTL", "ipip", outcome, "because").result();

        // When
        JsonNode written = only(result, first);

        // Then
        assertThat(written.at("/status").asText()).isEqualTo(status);
    }

    @Test
    void strictRunFailsOnADeviation() throws Exception {
        // Given
        RunResult result =
                run.strict().found("SAMPLE-TTL", "ipip", Outcome.DEVIATES, 1).result();

        // When
        JsonNode written = only(result, first);

        // Then
        assertThat(written.at("/status").asText()).isEqualTo("failed");
        assertThat(written.at("/steps/0/status").asText()).isEqualTo("failed");
    }

    @Test
    void findingIsAStepWithExpectedActualPacketAndCapture() throws Exception {
        // Given
        RunResult result = run.found("SAMPLE-TTL", "ipip", Outcome.FAIL, 1).result();

        // When
        JsonNode step = only(result, first).at("/steps/0");

        // Then
        assertThat(step.at("/name").asText()).isEqualTo("outer ttl: expected 64, actual 63");
        assertThat(step.findValuesAsText("value")).contains("64", "63");
        List<String> files = step.at("/attachments").findValuesAsText("source");
        assertThat(first.resolve(files.get(0))).content().contains("[3f]");
        assertThat(PcapFile.readAll(first.resolve(files.get(1))))
                .extracting(p -> p.bytes())
                .containsExactly(SampleRun.PACKET);
    }

    @Test
    void carriesTopologyKernelLevelAndDeviation() throws Exception {
        // Given
        RunResult result = run.found("SAMPLE-TTL", "ipip", Outcome.DEVIATES, 1).result();

        // When
        JsonNode written = only(result, first);

        // Then
        assertThat(labels(written))
                .contains(
                        "parentSuite=ipip",
                        "suite=RFC 2003 section 3.1, the outer header",
                        "severity=critical",
                        "tag=MUST",
                        "tag=header",
                        "tag=deviates");
        assertThat(written.at("/parameters").findValuesAsText("value")).containsExactly("ipip", "6.12.94");
    }

    @Test
    void everyResultShowsThePictureAndTheCommands() throws Exception {
        // Given
        RunResult result = run.pass("SAMPLE-TTL", "ipip").result();

        // When
        JsonNode attachments = only(result, first).at("/attachments");

        // Then
        assertThat(attachments.findValuesAsText("name")).contains("topology", "commands");
        assertThat(attachments.findValuesAsText("source"))
                .allSatisfy(file -> assertThat(first.resolve(file)).isNotEmptyFile());
        assertThat(first.resolve("ipip-commands-attachment.txt")).content().isEqualTo("a$ ip link set t1 up\n");
    }

    private static List<String> labels(JsonNode written) {
        return Stream.iterate(0, i -> i + 1)
                .limit(written.at("/labels").size())
                .map(i -> written.at("/labels/" + i))
                .map(label ->
                        label.at("/name").asText() + "=" + label.at("/value").asText())
                .toList();
    }

    private static JsonNode only(RunResult result, Path directory) throws IOException {
        AllureResults.write(result, directory);
        try (Stream<Path> files = Files.list(directory)) {
            Path file = files.filter(f -> f.toString().endsWith("-result.json"))
                    .reduce((one, other) -> {
                        throw new AssertionError(one + " and " + other);
                    })
                    .orElseThrow();
            return JsonMapper.builder().build().readTree(file.toFile());
        }
    }
}
