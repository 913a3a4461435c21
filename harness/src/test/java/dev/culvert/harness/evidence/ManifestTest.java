package dev.culvert.harness.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManifestTest {

    @Test
    void keepsWhatBecameOfAnEarlierObservation() throws Exception {
        // Given
        Manifest manifest = manifest(new EarlierLoss(
                "Oops: int3: 0000 [#1] PREEMPT SMP NOPTI", "Oops: int3: 0000 [#1] PREEMPT SMP NOPTI\nCPU: 0"));

        // When
        String json = EvidenceDirectory.JSON.writeValueAsString(manifest);

        // Then
        assertThat(EvidenceDirectory.JSON.readValue(json, Manifest.class)).isEqualTo(manifest);
    }

    @Test
    void saysNothingOfEarlierObservationsWhereThereWereNone() throws Exception {
        // Given
        Manifest manifest = manifest(null);

        // When
        String json = EvidenceDirectory.JSON.writeValueAsString(manifest);

        // Then
        assertThat(json).doesNotContain("earlier");
        assertThat(EvidenceDirectory.JSON.readValue(json, Manifest.class)).isEqualTo(manifest);
    }

    private static Manifest manifest(@Nullable EarlierLoss earlierLoss) {
        Instant at = Instant.parse("2026-11-23T20:00:00Z");
        return new Manifest(
                Manifest.FORMAT,
                "ipip",
                new KernelIdentity("6.12.94", "#1 SMP", "x86_64", List.of("ipip")),
                "qemu (tcg)",
                ConfiguredBy.IPROUTE2,
                at,
                at,
                new Completion.Observed(),
                Map.of(),
                earlierLoss);
    }
}
