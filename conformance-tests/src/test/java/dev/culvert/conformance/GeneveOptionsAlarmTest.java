package dev.culvert.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.Evidence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneveOptionsAlarmTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.1", "6.12"})
    void falseAlarmAloneIsNoComplaint(String kernel) {
        // Given the alarm that the damages of KERNEL-HEALTH begin with
        Evidence good = RecordedEvidence.on(kernel).get("geneve-external");
        Evidence evidence = good.withKernelLog(good.kernelLog() + KernelHealthDamage.FALSE_ALARM);

        // When
        Verdict verdict = Requirements.find("KERNEL-HEALTH").orElseThrow().judge(evidence);

        // Then
        assertThat(verdict.outcome()).as(verdict.because()).isEqualTo(Outcome.PASS);
    }
}
