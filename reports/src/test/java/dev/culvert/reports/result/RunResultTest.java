package dev.culvert.reports.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.conformance.Outcome;
import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import org.junit.jupiter.api.Test;

class RunResultTest {

    private final SampleRun run =
            new SampleRun().on(SampleTopologies.plain("ipip")).on(SampleTopologies.routed());

    @Test
    void laysVerdictsOutByRequirementThenTopology() {
        // Given
        run.pass("SAMPLE-TOS", "ipip-routed").pass("SAMPLE-TTL", "ipip-routed").pass("SAMPLE-TTL", "ipip");

        // When
        RunResult result = run.result();

        // Then
        assertThat(result.cells())
                .extracting(Cell::name)
                .containsExactly("SAMPLE-TTL [ipip]", "SAMPLE-TTL [ipip-routed]", "SAMPLE-TOS [ipip-routed]");
    }

    @Test
    void deviationFailsOnlyAStrictRun() {
        // Given
        run.found("SAMPLE-TTL", "ipip", Outcome.DEVIATES, 1);

        // When
        boolean tolerant = run.result().failed();
        boolean strict = run.strict().result().failed();

        // Then
        assertThat(tolerant).isFalse();
        assertThat(strict).isTrue();
    }

    @Test
    void brokenIsNoFailure() {
        // Given
        run.verdict("SAMPLE-TTL", "ipip", Outcome.BROKEN, "the capture is incomplete");

        // When
        RunResult result = run.result();

        // Then
        assertThat(result.failed()).isFalse();
        assertThat(result.broken()).isTrue();
    }

    @Test
    void countsOutcomesThatDoNotOccurAsNone() {
        // Given
        run.pass("SAMPLE-TTL", "ipip").pass("SAMPLE-TTL", "ipip-routed");

        // When
        RunResult result = run.result();

        // Then
        assertThat(result.outcomes()).containsEntry(Outcome.PASS, 2L).containsEntry(Outcome.FAIL, 0L);
        assertThat(result.outcomes("ipip")).containsEntry(Outcome.PASS, 1L);
    }

    @Test
    void troublesStartWithTheWorst() {
        // Given
        run.verdict("SAMPLE-TTL", "ipip", Outcome.BROKEN, "no capture")
                .found("SAMPLE-TOS", "ipip-routed", Outcome.FAIL, 1)
                .pass("SAMPLE-TTL", "ipip-routed");

        // When
        RunResult result = run.result();

        // Then
        assertThat(result.troubles()).extracting(Cell::outcome).containsExactly(Outcome.FAIL, Outcome.BROKEN);
    }
}
