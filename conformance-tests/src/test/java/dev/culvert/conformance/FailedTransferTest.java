package dev.culvert.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.ThroughputRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailedTransferTest {

    @Test
    void nothingThroughTheTunnelIsNoPass() {
        // Given evidence of a run that measured the underlay alone
        Evidence good = RecordedEvidence.on("6.12").get("ipip");
        Evidence evidence = good.withThroughput(good.throughput().stream()
                .filter(run -> run.path().equals("underlay"))
                .toList());

        // When
        Outcome outcome = Requirements.find("BULK-THROUGH-TUNNEL")
                .orElseThrow()
                .judge(evidence)
                .outcome();

        // Then
        assertThat(outcome).isEqualTo(Outcome.BROKEN);
    }

    @Test
    void breaksWhatJudgesThroughputAndNothingElse() {
        // Given evidence of a run whose first transfer failed
        Evidence evidence = RecordedEvidence.on("6.12")
                .get("ipip")
                .withThroughput(List.of(ThroughputRun.failed("tunnel", "tcp", false, "unable to connect")));

        // When
        List<RequirementInfo> broken = Requirements.all().stream()
                .filter(requirement -> requirement.inapplicableTo(evidence).isEmpty())
                .filter(requirement -> requirement.judge(evidence).outcome() == Outcome.BROKEN)
                .toList();

        // Then
        assertThat(broken)
                .extracting(RequirementInfo::id)
                .containsExactlyInAnyOrder("BULK-FRAMING", "BULK-THROUGH-TUNNEL", "OFFLOAD-SUPERPACKET");
        assertThat(broken)
                .allSatisfy(
                        requirement -> assertThat(requirement.judge(evidence).because())
                                .contains("tunnel-tcp-offloads-off: unable to connect"));
    }
}
