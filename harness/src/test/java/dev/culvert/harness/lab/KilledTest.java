package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a Culvert that is killed without a chance to clean up. */
class KilledTest {

    private static final Duration PROMISED = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    @Test
    void leavesNeitherProcessNorTemporaryFile() throws Exception {
        Process victim = Victim.start("process");
        String[] held = firstLine(victim).split(" ", 2);
        Path temporary = Path.of(held[0]);
        long pid = Long.parseLong(held[1]);
        assertThat(ProcessHandle.of(pid)).isPresent();

        victim.destroyForcibly();

        await().atMost(PROMISED).until(() -> ProcessHandle.of(pid).isEmpty() && Files.notExists(temporary));
    }

    @Test
    void leavesNoHalfEntryInTheCacheAndNoLock() throws Exception {
        Process victim = Victim.start("cache", directory.toString());
        Path building = Path.of(firstLine(victim));
        assertThat(building.resolve("half")).exists();

        victim.destroyForcibly();

        await().atMost(PROMISED).until(() -> Files.notExists(building));
        LabCache.Entry entry = new LabCache(directory)
                .ensure("root", "k", fresh -> assertThat(fresh).isEmptyDirectory());
        assertThat(entry.directory()).isDirectory();
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }
}
