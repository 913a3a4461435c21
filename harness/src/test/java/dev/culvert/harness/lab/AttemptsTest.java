package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private int made;

    @Test
    void endsWithTheFirstSuccess() throws Exception {
        // Given something that fails once
        Queue<Exception> failures = new ArrayDeque<>(List.of(new LabUnavailable("engine", "does not answer")));

        // When
        int result = Attempts.untilOneSucceeds(3, "boot", () -> make(failures));

        // Then
        assertThat(result).isEqualTo(2);
    }

    @Test
    void tellsTheReasonOfEveryAttempt() {
        // Given something that always fails
        Queue<Exception> failures = new ArrayDeque<>(
                List.of(new LabUnavailable("engine", "does not answer"), new IOException("no space left")));

        // When, Then
        assertThatThrownBy(() -> Attempts.untilOneSucceeds(2, "boot", () -> make(failures)))
                .isInstanceOf(LabUnavailable.class)
                .hasMessageContaining("attempt 1 at a boot")
                .hasMessageContaining("does not answer")
                .hasMessageContaining("attempt 2 at a boot: no space left");
        assertThat(made).isEqualTo(2);
    }

    @Test
    void doesNotTryAKernelAgainThatDidNotBoot() {
        // Given a kernel that does not boot
        Queue<Exception> failures = new ArrayDeque<>(List.of(new KernelDidNotBoot("6.12", "no disk", List.of())));

        // When, Then
        assertThatThrownBy(() -> Attempts.untilOneSucceeds(2, "boot", () -> make(failures)))
                .isInstanceOf(KernelDidNotBoot.class);
        assertThat(made).isEqualTo(1);
    }

    @Test
    void triesAKernelAgainWhoseEmulatorMayBeToBlame() throws Exception {
        Queue<Exception> failures =
                new ArrayDeque<>(List.of(new KernelDidNotBoot("6.1", "it stood still", List.of(), true)));

        assertThat(Attempts.untilOneSucceeds(2, "boot", () -> make(failures))).isEqualTo(2);
    }

    @Test
    void blamesAKernelThatStandsStillEveryTime() {
        Queue<Exception> failures = new ArrayDeque<>(List.of(
                new KernelDidNotBoot("6.1", "it stood still", List.of(), true),
                new KernelDidNotBoot("6.1", "it stood still", List.of(), true)));

        assertThatThrownBy(() -> Attempts.untilOneSucceeds(2, "boot", () -> make(failures)))
                .isInstanceOf(KernelDidNotBoot.class);
        assertThat(made).isEqualTo(2);
    }

    private int make(Queue<Exception> failures) throws LabException, IOException {
        made++;
        Exception failure = failures.poll();
        if (failure instanceof LabException e) {
            throw e;
        }
        if (failure instanceof IOException e) {
            throw e;
        }
        return made;
    }
}
