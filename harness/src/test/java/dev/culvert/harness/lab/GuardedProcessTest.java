package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedProcessTest {

    @TempDir
    private Path directory;

    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

    @Test
    void passesOutputAndStatusOn() throws Exception {
        try (GuardedProcess process = shell("echo \"$WORD\"; echo problem >&2; exit 7")) {
            assertThat(process.await()).isEqualTo(7);
            assertThat(process.lastLines()).containsExactly("said", "problem");
            assertThat(process.isAlive()).isFalse();
        }
    }

    @Test
    void runsInTheDirectory() throws Exception {
        try (GuardedProcess process = shell("pwd")) {
            process.await();
            assertThat(output).containsExactly(directory.toRealPath().toString());
        }
    }

    @Test
    void endsWithEverythingItHasStarted() throws Exception {
        GuardedProcess process = shell("sleep 1000 & echo $!; wait");
        long grandchild = Long.parseLong(output.poll(20, TimeUnit.SECONDS));

        process.close();

        // The guard is gone; who reads its last line may need a moment more.
        assertThat(process.endsWithin(Duration.ofSeconds(10))).isTrue();
        awaitEndOf(grandchild);
    }

    @Test
    void leavesNoChildBehindWhenTheCommandEndsFirst() throws Exception {
        try (GuardedProcess process = shell("sleep 1000 & echo $!")) {
            long child = Long.parseLong(output.poll(20, TimeUnit.SECONDS));

            process.await();

            awaitEndOf(child);
        }
    }

    @Test
    void removesTheDirectoryWhenItIsClosed() throws IOException {
        GuardedDirectory guarded = GuardedDirectory.temporary();
        Files.writeString(guarded.path().resolve("file"), "");

        guarded.close();

        assertThat(guarded.path()).doesNotExist();
    }

    /** It has got its signal; that it is gone, too, is the kernel's part. */
    private static void awaitEndOf(long pid) {
        await().atMost(Duration.ofSeconds(5))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    private GuardedProcess shell(String script) throws IOException {
        return GuardedProcess.start(directory, List.of("sh", "-c", script), Map.of("WORD", "said"), output::add);
    }
}
