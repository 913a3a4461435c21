package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final Patience SHORT = new Patience(Duration.ofMillis(50), Duration.ofMillis(2));
    private static final Patience LONG = new Patience(Duration.ofSeconds(20), Duration.ofMillis(2));

    @Test
    void looksUntilItIsSo() throws InterruptedException {
        // Given
        AtomicInteger looks = new AtomicInteger();

        // When
        boolean became = LONG.until(() -> looks.incrementAndGet() == 3);

        // Then
        assertThat(became).isTrue();
        assertThat(looks).hasValue(3);
    }

    @Test
    void givesUpAfterTheLimit() throws InterruptedException {
        assertThat(SHORT.until(() -> false)).isFalse();
    }

    @Test
    void whatLookingThrowsEndsIt() {
        assertThatThrownBy(() -> LONG.until(() -> {
                    throw new IOException("gone");
                }))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("gone");
    }

    @Test
    void interruptEndsIt() throws InterruptedException {
        // Given
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread waiting = new Thread(
                () -> {
                    try {
                        LONG.until(() -> false);
                    } catch (Throwable e) {
                        ended.set(e);
                    }
                },
                "culvert-test-waiting");
        waiting.start();

        // When
        waiting.interrupt();
        waiting.join();

        // Then
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void whatAnotherThreadDiesOfIsNotItsOwn() throws InterruptedException {
        // Given
        Thread dying = new Thread(
                () -> {
                    throw new IllegalStateException("of another thread");
                },
                "culvert-test-dying");
        AtomicInteger looks = new AtomicInteger();

        Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});

        // When
        boolean became;
        try {
            became = LONG.until(() -> {
                if (looks.incrementAndGet() == 1) {
                    dying.start();
                    dying.join();
                }
                return looks.get() == 3;
            });
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(usual);
        }

        // Then
        assertThat(became).isTrue();
    }
}
