package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, on a machine where apt-get, Maven and Java only write down what they are told. */
class LauncherTest {

    /** Of the real machine, the launcher may use these. */
    private static final List<String> ORDINARY = List.of(
            "basename",
            "bash",
            "cat",
            "dirname",
            "env",
            "find",
            "flock",
            "grep",
            "head",
            "ln",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sh",
            "sleep",
            "sort",
            "tail",
            "touch");

    private static final String BASH = "/usr/bin/bash";

    private static final String BUILDS = """
            echo "mvn $*" >>"$DONE"
            mkdir -p ci/target/lib && touch ci/target/lib/culvert.jar
            """;

    @TempDir
    Path machine;

    private Path checkout;
    private Path programs;

    @BeforeEach
    void checkOut() throws IOException {
        programs = Files.createDirectories(machine.resolve("jdk/bin"));
        for (String program : ORDINARY) {
            program(program, "exec /usr/bin/" + program + " \"$@\"");
        }
        Files.writeString(machine.resolve("jdk/release"), "JAVA_VERSION=\"17.0.15\"\n");
        program("java", "echo \"java $*\" >>\"$DONE\"");
        program("mvn", BUILDS);
        program("apt-get", "echo \"apt-get $*\" >>\"$DONE\"");
        program("id", "echo 0");
        checkout = Files.createDirectories(machine.resolve("checkout"));
        Files.copy(Path.of("../culvert"), checkout.resolve("culvert"));
        Files.createDirectories(checkout.resolve("ci/setup"));
        Files.createDirectories(checkout.resolve("ci/src/main"));
        Files.writeString(checkout.resolve("pom.xml"), "");
        Files.writeString(checkout.resolve("ci/pom.xml"), "");
        needs("run", "bash bash");
        needs("user", "");
        needs("test", "");
    }

    @Test
    void installsWhatIsMissingWhenRoot() throws Exception {
        needs("run", "# a comment\nbash bash\nqemu-of-culvert qemu-package\n/no/such/* file-package\n");

        Ended ended = launch("--version");

        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(done())
                .startsWith("apt-get update", "apt-get install -y --no-install-recommends file-package qemu-package");
    }

    @Test
    void tellsAUserTheOneCommandToType() throws Exception {
        program("id", "echo 1000");
        needs("run", "qemu-of-culvert qemu-package");
        needs("user", "newuidmap-of-culvert uidmap");

        Ended ended = launch("--version");

        assertThat(ended.exit()).isEqualTo(ExitCode.BROKEN);
        assertThat(ended.output())
                .contains(
                        "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends qemu-package uidmap'");
        assertThat(done()).isEmpty();
    }

    @Test
    void asksForNothingThatOnlyTestsNeed() throws Exception {
        needs("test", "tshark-of-culvert tshark");

        launch("--version");
        assertThat(done()).noneMatch(line -> line.startsWith("apt-get"));

        launch("test", "-o");
        assertThat(done()).contains("apt-get install -y --no-install-recommends tshark", "mvn -B -ntp verify -o");
    }

    @Test
    void showsWhyAnInstallationFailed() throws Exception {
        program("apt-get", "echo 'E: Unable to locate package'; exit 100");
        needs("run", "qemu-of-culvert qemu-package");

        Ended ended = launch("--version");

        assertThat(ended.exit()).isEqualTo(ExitCode.BROKEN);
        assertThat(ended.output()).contains("E: Unable to locate package");
    }

    @Test
    void buildsOnceAndAgainOnlyWhenASourceIsNewer() throws Exception {
        launch("list");
        launch("list");
        assertThat(builds()).isEqualTo(1);

        Path source = Files.writeString(checkout.resolve("ci/src/main/Changed.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        launch("list");

        assertThat(builds()).isEqualTo(2);
        assertThat(done()).last().asString().contains("dev.culvert.ci.Culvert list");
    }

    @Test
    void buildsOnceForTwoWhoStartTogether() throws Exception {
        program("mvn", "sleep 1\n" + BUILDS);
        Process one = start("list");
        Process other = start("list");

        assertThat(one.waitFor()).isZero();
        assertThat(other.waitFor()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void runsNothingWhenTheBuildFails() throws Exception {
        program("mvn", "echo '[ERROR] Culvert.java:[1,1] class expected'; exit 1");

        Ended ended = launch("list");

        assertThat(ended.exit()).isEqualTo(ExitCode.BROKEN);
        assertThat(ended.output()).contains("class expected", "the build failed");
        assertThat(done()).isEmpty();
    }

    @Test
    void saysWhereItCannotBuild() throws Exception {
        Files.writeString(checkout.resolve("ci/target"), "in the way");

        Ended ended = launch("list");

        assertThat(ended.exit()).isEqualTo(ExitCode.BROKEN);
        assertThat(ended.output()).contains("cannot write to " + checkout.resolve("ci/target"), "a clone of your own");
        assertThat(done()).isEmpty();
    }

    @Test
    void isNotLeftHalfBuiltWhenItIsKilled() throws Exception {
        program("mvn", "mkdir -p ci/target/lib; touch \"$DONE.building\"; exec sleep 60");
        Process killed = start("list");
        while (!Files.exists(machine.resolve("done.building"))) {
            Thread.onSpinWait();
        }
        killed.descendants().forEach(ProcessHandle::destroyForcibly);
        killed.destroyForcibly().waitFor();
        program("mvn", BUILDS);

        Ended ended = launch("list");

        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    private record Ended(int exit, String output) {}

    private Ended launch(String... arguments) throws Exception {
        Process process = start(arguments);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(machine.resolve("output.txt")));
    }

    private Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(BASH, "culvert");
        builder.command().addAll(List.of(arguments));
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("DONE", machine.resolve("done").toString());
        builder.redirectErrorStream(true)
                .redirectOutput(machine.resolve("output.txt").toFile());
        return builder.directory(checkout.toFile()).start();
    }

    private void program(String name, String script) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!" + BASH + "\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void needs(String what, String lines) throws IOException {
        Files.writeString(checkout.resolve("ci/setup/needs." + what), lines + "\n");
    }

    /** What Java, Maven and apt-get were told. */
    private List<String> done() throws IOException {
        Path done = machine.resolve("done");
        return Files.exists(done) ? Files.readAllLines(done) : List.of();
    }

    private long builds() throws IOException {
        return done().stream().filter(line -> line.startsWith("mvn")).count();
    }
}
