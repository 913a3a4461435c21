package dev.culvert.reports.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.conformance.Outcome;
import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import dev.culvert.reports.result.RunResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleSummaryTest {

    private static final Path INDEX = Path.of("culvert-report", "index.html");

    @Test
    void saysWhatFailedWhatTheTunnelCostsAndWhereTheReportIs() {
        // Given
        RunResult result = new SampleRun()
                .on(
                        SampleTopologies.plain("ipip"),
                        List.of(
                                SampleRun.throughput("tunnel", "tcp", 900),
                                SampleRun.throughput("underlay", "tcp", 1000)))
                .found("SAMPLE-TTL", "ipip", Outcome.FAIL, 3)
                .found("SAMPLE-TOS", "ipip", Outcome.DEVIATES, 1)
                .result();

        // When
        List<String> lines = ConsoleSummary.of(result, INDEX, false);

        // Then
        assertThat(lines)
                .containsExactly(
                        "kernel 6.12.94, qemu (tcg), 1 topology, 2 requirements, 11.3 s",
                        "DEVIATES 1   FAIL 1",
                        "FAIL SAMPLE-TTL [ipip]: outer ttl: expected 64, actual 63",
                        "1 known deviation of Linux from the RFC; --strict makes them failures",
                        "throughput ipip TCP, offloads off: 900 Mbit/s of 1.00 Gbit/s, 90.0 %; header bytes alone would leave 98.6 %",
                        "report culvert-report/index.html");
    }

    @Test
    void neverTakesMoreThanTenLines() {
        // Given
        SampleRun run = new SampleRun();
        for (int i = 0; i < 20; i++) {
            run.on(SampleTopologies.plain("ipip-" + i)).found("SAMPLE-TTL", "ipip-" + i, Outcome.FAIL, 1);
        }

        // When
        List<String> lines = ConsoleSummary.of(run.result(), INDEX, false);

        // Then
        assertThat(lines).hasSize(ConsoleSummary.LINES).contains("… and 14 more, in the report");
    }

    @Test
    void coloursOnlyWhenTold() {
        // Given
        RunResult result = new SampleRun()
                .on(SampleTopologies.plain("ipip"))
                .pass("SAMPLE-TTL", "ipip")
                .result();

        // When
        List<String> plain = ConsoleSummary.of(result, INDEX, false);
        List<String> coloured = ConsoleSummary.of(result, INDEX, true);

        // Then
        assertThat(plain).noneMatch(line -> line.contains("\u001b"));
        assertThat(coloured).contains("\u001b[1;32mPASS 1\u001b[0m");
    }
}
