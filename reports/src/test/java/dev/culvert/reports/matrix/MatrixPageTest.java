package dev.culvert.reports.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.conformance.Outcome;
import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import org.junit.jupiter.api.Test;

class MatrixPageTest {

    private final SampleRun run =
            new SampleRun().on(SampleTopologies.plain("ipip")).on(SampleTopologies.routed());

    @Test
    void cellLeadsToExpectedActualAndTheMarkedPacket() {
        // Given
        run.found("SAMPLE-TTL", "ipip", Outcome.FAIL, 1);

        // When
        String page = MatrixPage.of(run.result());

        // Then
        assertThat(page)
                .contains("href=\"#SAMPLE-TTL/ipip\"", "<article class=\"detail\" id=\"SAMPLE-TTL/ipip\">")
                .contains("<dt>expected</dt><dd class=\"mono\">64</dd><dt>actual</dt><dd class=\"mono\">63</dd>")
                .contains("<mark>ttl 63</mark>");
    }

    @Test
    void saysWhyARequirementSaysNothingOfATopology() {
        // Given
        run.pass("SAMPLE-TOS", "ipip-routed");

        // When
        String page = MatrixPage.of(run.result());

        // Then
        assertThat(page).contains("<td class=\"absent\" title=\"needs a router between the servers\">");
    }

    @Test
    void offersOnlyFiltersThatChooseSomething() {
        // Given
        run.pass("SAMPLE-TTL", "ipip");

        // When
        String page = MatrixPage.of(run.result());

        // Then
        assertThat(page)
                .contains("name=\"verdict\" value=\"PASS\"", "name=\"level\" value=\"MUST\"")
                .doesNotContain("name=\"verdict\" value=\"FAIL\"", "name=\"level\" value=\"SHOULD\"", "name=\"kind\"");
    }

    @Test
    void whatTheKernelSaidCannotBecomeStructure() {
        // Given
        run.verdict("SAMPLE-TTL", "ipip", Outcome.UNSUPPORTED, "<script>alert(1)</script>");

        // When
        String page = MatrixPage.of(run.result());

        // Then
        assertThat(page).contains("&lt;script&gt;alert").doesNotContain("<script>alert");
    }
}
