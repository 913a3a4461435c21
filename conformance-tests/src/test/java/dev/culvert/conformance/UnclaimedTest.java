package dev.culvert.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.Evidence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnclaimedTest {

    private static final RequirementInfo DOWN =
            Requirements.find("LINUX-DEMUX-DOWN").orElseThrow();

    @ParameterizedTest
    @ValueSource(strings = {"6.1", "6.12"})
    void whatIpsecTakesIsCountedAndNobodyIsTold(String kernel) {
        // Given a kernel with xfrm6_tunnel, as after a topology of vti6
        Evidence evidence =
                LinuxDemuxDamage.takenForIpsec(RecordedEvidence.on(kernel).get("ip6tnl"), 2);

        // When
        Verdict verdict = DOWN.judge(evidence);

        // Then
        assertThat(verdict.outcome()).as(verdict.because()).isEqualTo(Outcome.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1", "6.12"})
    void ipsecTakesNothingOfGre(String kernel) {
        // Given the same kernel, and the ICMPv6 error that it sends all the same
        Evidence evidence =
                LinuxDemuxDamage.xfrm6TunnelLoaded(RecordedEvidence.on(kernel).get("ip6gre"));

        // When
        Verdict verdict = DOWN.judge(evidence);

        // Then
        assertThat(verdict.outcome()).as(verdict.because()).isEqualTo(Outcome.PASS);
    }
}
