package dev.culvert.reports.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.conformance.Finding;
import dev.culvert.conformance.Outcome;
import dev.culvert.conformance.Verdict;
import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellTest {

    private final SampleRun run = new SampleRun().on(SampleTopologies.plain("ipip"));

    @Test
    void saysARepeatedFindingOnceAndTheWorstFirst() {
        // Given
        Finding known = new Finding(Outcome.DEVIATES, "outer tos", "0xb8", "0x00", "ip_tunnel.c", null);
        Finding wrong = new Finding(Outcome.FAIL, "outer ttl", "64", "63", null, null);
        run.judge("SAMPLE-TTL", "ipip", new Verdict(Outcome.FAIL, wrong.line(), 4, List.of(known, wrong, wrong)));

        // When
        Cell cell = run.result().cells().get(0);

        // Then
        assertThat(cell.findings())
                .extracting(RepeatedFinding::line)
                .containsExactly(
                        "outer ttl: expected 64, actual 63 (2 times)", "outer tos: expected 0xb8, actual 0x00");
    }

    @Test
    void findsThePacketAndWhatWasCapturedAroundIt() {
        // Given
        run.found("SAMPLE-TTL", "ipip", Outcome.FAIL, 1);
        Cell cell = run.result().cells().get(0);

        // When
        FoundPacket packet = FoundPacket.of(
                        cell.findings().get(0).finding(), cell.observed().evidence())
                .orElseThrow();

        // Then
        assertThat(packet.title()).isEqualTo("packet 12 on a.eth0, during \"ttl-default\"");
        assertThat(packet.around()).extracting(p -> p.bytes()).containsExactly(SampleRun.PACKET);
    }
}
