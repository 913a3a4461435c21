package dev.culvert.reports.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.conformance.Outcome;
import dev.culvert.harness.evidence.Completion;
import dev.culvert.reports.LargeRun;
import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import dev.culvert.reports.result.Links;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexPageTest {

    private static final Links LINKS = new Links(Path.of("report"), Optional.of("allure/index.html"));

    @ParameterizedTest
    @CsvSource({
        "PASS, Every requirement holds<",
        "DEVIATES, 'Every requirement holds, but for known deviations<'",
        "FAIL, 1 requirement failed<",
        "BROKEN, 1 requirement could not be observed<"
    })
    void saysInOneSentenceWhatCameOut(Outcome outcome, String headline) {
        // Given
        SampleRun run = new SampleRun()
                .on(SampleTopologies.plain("ipip"))
                .pass("SAMPLE-TOS", "ipip")
                .verdict("SAMPLE-TTL", "ipip", outcome, "because");

        // When
        String page = IndexPage.of(run.result(), LINKS);

        // Then
        assertThat(page).contains("<h1>" + headline);
    }

    @Test
    void unsupportedAloneIsNoSuccess() {
        // Given
        SampleRun run = new SampleRun()
                .on(
                        SampleTopologies.plain("ipip"),
                        List.of(),
                        new Completion.Lacking("the module ipip", "Unknown device type."))
                .verdict("SAMPLE-TTL", "ipip", Outcome.UNSUPPORTED, "this kernel lacks the module ipip");

        // When
        String page = IndexPage.of(run.result(), LINKS);

        // Then
        assertThat(page).contains("<h1>Nothing could be judged</h1>", "Unknown device type.");
    }

    @Test
    void failureLeadsToItsCellOfTheMatrix() {
        // Given
        SampleRun run = new SampleRun().on(SampleTopologies.plain("ipip")).found("SAMPLE-TTL", "ipip", Outcome.FAIL, 1);

        // When
        String page = IndexPage.of(run.result(), LINKS);

        // Then
        assertThat(page).contains("href=\"matrix.html#cell=SAMPLE-TTL/ipip\"", "outer ttl: expected 64, actual 63");
    }

    @Test
    void evidenceBelowTheReportIsLinkedRelatively() {
        // Given: SampleRun keeps its evidence in report/evidence
        SampleRun run = new SampleRun().on(SampleTopologies.plain("ipip")).pass("SAMPLE-TTL", "ipip");

        // When
        String page = IndexPage.of(run.result(), LINKS);

        // Then
        assertThat(page).contains("href=\"evidence/ipip/\"");
    }

    @Test
    void manyTopologiesAreALineForEachKind() {
        // When
        String page = IndexPage.of(LargeRun.realistic(), LINKS);

        // Then
        assertThat(page.split("<details class=\"fold\">", -1)).hasSize(LargeRun.KINDS + 1);
        assertThat(page).contains("<b>kind0</b>", "8 topologies</span>");
    }

    @Test
    void throughputStandsBesideWhatTheHeaderBytesAloneWouldLeave() {
        // Given
        SampleRun run = new SampleRun()
                .on(
                        SampleTopologies.plain("ipip"),
                        List.of(
                                SampleRun.throughput("tunnel", "tcp", 900),
                                SampleRun.throughput("underlay", "tcp", 1000)))
                .pass("SAMPLE-TTL", "ipip");

        // When
        String page = IndexPage.of(run.result(), LINKS);

        // Then
        assertThat(page).contains("90.0 %", "98.6 %", "(1480 − 52) / (1500 − 52)", "2\u202f000, no drops");
    }

    @Test
    void saysOfATopologyThatItWasObservedASecondTime() {
        // Given
        SampleRun run = new SampleRun()
                .on(SampleTopologies.routed())
                .again("Oops: int3: 0000 [#1]")
                .on(SampleTopologies.plain("ipip"))
                .pass("SAMPLE-TTL", "ipip");

        // When
        String page = IndexPage.of(run.result(), LINKS);

        // Then
        assertThat(page.split("Observed a second time", -1)).hasSize(2);
        assertThat(page)
                .contains("<p>Observed a second time: the emulator lost the machine the first time, "
                        + "and the kernel said &quot;Oops: int3: 0000 [#1]&quot;.</p>");
    }
}
