package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line in a process of its own, whose environment has no lab. */
class BrokenLabTest {

    @TempDir
    Path directory;

    @Test
    void namesEveryProgramThatIsMissing() throws Exception {
        Typed typed = culvert(Map.of("PATH", directory.toString()), "run", "ipip");

        assertThat(typed.exit()).as(typed.err()).isEqualTo(ExitCode.BROKEN);
        assertThat(typed.err())
                .contains("qemu-system-x86", "mmdebstrap", "squashfs-tools")
                .doesNotContain("\tat ");
    }

    @Test
    void saysThatTheEngineDoesNotAnswer() throws Exception {
        // Port 1, tcpmux, has no service on any machine that matters.
        Typed typed = culvert(Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"), "run", "ipip", "--lab", "docker");

        assertThat(typed.exit()).as(typed.err()).isEqualTo(ExitCode.BROKEN);
        assertThat(typed.err()).contains("127.0.0.1:1").doesNotContain("\tat ");
    }

    @Test
    void diagnosesAMachineThatLacksEverything() throws Exception {
        Typed typed = culvert(Map.of("PATH", directory.toString()), "doctor");

        assertThat(typed.exit()).isEqualTo(ExitCode.BROKEN);
        assertThat(typed.out()).contains("qemu-system-x86", "mmdebstrap", "0 MB in all");
    }

    private Typed culvert(Map<String, String> environment, String... arguments) throws Exception {
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        List<String> command = Stream.concat(
                        Stream.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Culvert.class.getName()),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.directory(directory.toFile());
        builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        return new Typed(exit, read(out), read(err));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
