package dev.culvert.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.conformance.Outcome;
import dev.culvert.reports.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path directory;

    @Test
    void writesEveryPartAndLeavesTheEvidenceAlone() throws Exception {
        // Given
        Path evidence = Files.createDirectories(directory.resolve("evidence"));

        // When
        ReportFiles files = Report.write(failing(), directory, ReportOptions.defaults());

        // Then
        assertThat(files.remark()).isEmpty();
        assertThat(Stream.of(
                        files.index(),
                        files.matrixPage(),
                        files.matrixMarkdown(),
                        files.matrixJson(),
                        files.junitXml(),
                        files.allure().orElseThrow(),
                        directory.resolve("topologies/ipip.svg")))
                .allMatch(Files::isRegularFile);
        assertThat(directory.resolve("topologies/ipip.repro.sh")).isExecutable();
        assertThat(evidence).exists();
    }

    @Test
    void everyPageWorksWithoutAnyOtherHost() throws Exception {
        // Given
        RunResult result = failing();

        // When
        ReportFiles files = Report.write(result, directory, ReportOptions.defaults());

        // Then
        for (Path page :
                List.of(files.index(), files.matrixPage(), files.allure().orElseThrow())) {
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .doesNotContain("googletagmanager")
                    .doesNotContainPattern("(src|href)=\"?https?:");
        }
    }

    @Test
    void secondRunCarriesTheHistoryOfTheFirst() throws Exception {
        // Given
        Report.write(failing(), directory, ReportOptions.defaults());

        // When
        Report.write(failing(), directory, ReportOptions.defaults());

        // Then
        assertThat(directory.resolve("history/history-trend.json"))
                .content()
                .contains("\"buildOrder\":1", "\"buildOrder\":2");
    }

    @Test
    void saysWhyThereIsNoAllureReport() throws Exception {
        // Given
        ReportOptions options = ReportOptions.withoutAllure();

        // When
        ReportFiles files = Report.write(failing(), directory, options);

        // Then
        assertThat(files.allure()).isEmpty();
        assertThat(files.remark())
                .hasValueSatisfying(remark -> assertThat(remark).contains("culvert.allure.home"));
        assertThat(files.index()).content().contains("allure generate");
    }

    @Test
    void resultsOfAnEarlierRunDoNotStay() throws IOException, InterruptedException {
        // Given
        Report.write(failing(), directory, ReportOptions.withoutAllure());

        // When
        Report.write(
                new SampleRun()
                        .on(SampleTopologies.plain("ipip"))
                        .pass("SAMPLE-TTL", "ipip")
                        .result(),
                directory,
                ReportOptions.withoutAllure());

        // Then
        try (Stream<Path> files = Files.list(directory.resolve("allure-results"))) {
            assertThat(files.filter(f -> f.toString().endsWith("-result.json"))).hasSize(1);
        }
    }

    private static RunResult failing() {
        return new SampleRun()
                .on(SampleTopologies.plain("ipip"))
                .found("SAMPLE-TTL", "ipip", Outcome.FAIL, 2)
                .pass("SAMPLE-TOS", "ipip")
                .result();
    }
}
