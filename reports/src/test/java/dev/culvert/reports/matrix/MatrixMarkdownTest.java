package dev.culvert.reports.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.conformance.Outcome;
import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import org.junit.jupiter.api.Test;

class MatrixMarkdownTest {

    private final SampleRun run =
            new SampleRun().on(SampleTopologies.plain("ipip")).on(SampleTopologies.routed());

    @Test
    void showsEachRequirementByTopologyAndWhatDidNotPass() {
        // Given
        run.found("SAMPLE-TTL", "ipip", Outcome.FAIL, 1)
                .pass("SAMPLE-TTL", "ipip-routed")
                .pass("SAMPLE-TOS", "ipip-routed");

        // When
        String markdown = MatrixMarkdown.of(run.result());

        // Then
        assertThat(markdown.lines())
                .contains(
                        "| requirement | level | ipip | ipip-routed |",
                        "| SAMPLE-TTL | MUST | **FAIL** | PASS |",
                        "| SAMPLE-TOS | SHOULD | – | PASS |",
                        "### FAIL SAMPLE-TTL \\[ipip\\]",
                        "- outer ttl: expected 64, actual 63");
    }

    @Test
    void textCannotEndACell() {
        // Given
        run.verdict("SAMPLE-TTL", "ipip", Outcome.BROKEN, "a | b\nc <d>");

        // When
        String markdown = MatrixMarkdown.of(run.result());

        // Then
        assertThat(markdown).contains("- a \\| b c \\<d\\>\n");
    }

    @Test
    void namesTheTopologyThatWasObservedASecondTime() {
        // Given
        run.again("Oops: int3: 0000 [#1]").on(SampleTopologies.plain("gre")).pass("SAMPLE-TTL", "gre");

        // When
        String markdown = MatrixMarkdown.of(run.result());

        // Then
        assertThat(markdown.lines().filter(line -> line.contains("Observed a second time")))
                .containsExactly("gre: Observed a second time: the emulator lost the machine the first time, "
                        + "and the kernel said \"Oops: int3: 0000 \\[\\#1\\]\".");
    }
}
