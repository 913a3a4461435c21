package dev.culvert.harness.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCommandsTest {

    private final LocalAgent agent = new LocalAgent();
    private final Server server = agent.attach();

    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        agent.close();
    }

    @Test
    void tellsStatusAndBothStreamsApart() {
        Command command = Command.at(Place.A, "sh", "-c", "echo heard; echo complained >&2; exit 3");

        CommandRecord result = server.run(command);

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.timedOut()).isFalse();
        assertThat(result.stdout()).isEqualTo("heard\n");
        assertThat(result.stderr()).isEqualTo("complained\n");
        assertThat(result.place()).isEqualTo(Place.A);
        assertThat(agent.log().records()).containsExactly(result);
    }

    @Test
    void passesArgumentsThatAShellWouldTakeForCommands() {
        List<String> argv = List.of("printf", "%s|", "eth0; echo $HOME", "`id`", "", "two\nlines", "*");

        CommandRecord result = server.run(Command.at(Place.A, argv));

        assertThat(result.stdout()).isEqualTo("eth0; echo $HOME|`id`||two\nlines|*|");
    }

    @Test
    void passesStandardInputAndItsEnd() {
        String input = "0123456789".repeat(10_000);

        CommandRecord result = server.run(Command.at(Place.A, "cat").withInput(input));

        assertThat(result.stdout()).isEqualTo(input);
    }

    @Test
    void killsACommandAndItsChildrenWhenItsTimeIsOut() {
        Command command =
                Command.at(Place.A, "sh", "-c", "sleep 60 & echo $!; sleep 60").withTimeout(Duration.ofMillis(300));

        CommandRecord result = server.run(command);

        assertThat(result.timedOut()).isTrue();
        assertThat(result.exit()).isEqualTo(128 + 9);
        String child = result.stdout().strip();
        assertThat(server.run(Command.at(Place.A, "kill", "-0", child)).exit()).isNotZero();
    }

    @Test
    void tellsTheSignalThatEndedACommand() {
        CommandRecord result = server.run(Command.at(Place.A, "sh", "-c", "kill -TERM $$"));

        assertThat(result.exit()).isEqualTo(128 + 15);
        assertThat(result.timedOut()).isFalse();
    }

    @Test
    void saysWhichProgramIsMissing() {
        assertThatThrownBy(() -> server.runOrThrow(Command.at(Place.A, "no-such-program", "x")))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("a: \"no-such-program x\" ended with status 127: "
                        + "agent: cannot run 'no-such-program': No such file or directory");
    }

    @Test
    void runsCommandsSideBySide() {
        Path fifo = directory.resolve("fifo");
        server.runOrThrow(Command.at(Place.A, "mkfifo", fifo.toString()));

        CompletableFuture<CommandRecord> reader = server.begin(Command.at(Place.A, "cat", fifo.toString()));
        CommandRecord writer = server.run(Command.at(Place.A, "sh", "-c", "echo met > " + fifo));

        assertThat(writer.exit()).isZero();
        assertThat(reader.join().stdout()).isEqualTo("met\n");
    }

    @Test
    void bringsMegabytesOfOutputUnharmed() {
        CommandRecord result = server.run(Command.at(Place.A, "seq", "1", "700000"));

        assertThat(result.stdout().lines()).hasSize(700_000).endsWith("700000");
    }

    @Test
    void killsACommandThatPrintsWithoutEnd() {
        CommandRecord result = server.run(Command.at(Place.A, "yes"));

        assertThat(result.exit()).isEqualTo(128 + 9);
        assertThat(result.stderr()).contains("printed more than 16 MiB");
    }

    @Test
    void spawnIsReadyWhenItsTextWasSeen() {
        // Not a shell's exec: dash loses an interrupt that comes between its last echo and its exec.
        Command command = Command.at(
                Place.A,
                "perl",
                "-e",
                "print STDERR qq(warming up\\n); select undef, undef, undef, 0.2; print STDERR qq(listening on x\\n); sleep 60");

        Spawned spawned = server.spawn("s", command, "listening on").join();
        CommandRecord end = spawned.stop(Duration.ofSeconds(5)).join();

        assertThat(end.stderr()).isEqualTo("warming up\nlistening on x\n");
        assertThat(end.exit()).isEqualTo(128 + 2);
    }

    @Test
    void spawnFailsWithWhatTheProcessSaidWhenItEndsFirst() {
        Command command = Command.at(Place.A, "sh", "-c", "echo no such device >&2; exit 1");

        CompletableFuture<Spawned> spawned = server.spawn("s", command, "listening on");

        assertThatThrownBy(() -> AgentConnection.join(spawned))
                .isInstanceOf(SpawnFailed.class)
                .hasMessageContaining("the process ended; it printed \"no such device\"");
    }

    @Test
    void spawnFailsWhenItsTextDoesNotComeInTime() {
        Command command = Command.at(Place.A, "sleep", "60").withTimeout(Duration.ofMillis(200));

        CompletableFuture<Spawned> spawned = server.spawn("s", command, "listening on");

        assertThatThrownBy(() -> AgentConnection.join(spawned))
                .isInstanceOf(SpawnFailed.class)
                .hasMessageContaining("awaited the text \"listening on\" for 200 ms, but it did not come");
    }

    @Test
    void killsASpawnedProcessThatIgnoresTheInterrupt() {
        Command command = Command.at(Place.A, "sh", "-c", "trap '' INT; echo ready; while :; do sleep 0.1; done");
        Spawned spawned = server.spawn("s", command, "ready").join();

        CommandRecord end = spawned.stop(Duration.ofMillis(300)).join();

        assertThat(end.timedOut()).isTrue();
    }

    @Test
    void readsTheProgressOfASpawnedProcess() {
        Command command = Command.at(
                Place.A, "sh", "-c", "trap 'echo 17 packets' USR1; echo ready; while :; do sleep 0.05; done");
        Spawned spawned = server.spawn("s", command, "ready").join();

        String progress = spawned.askProgress("packets", Duration.ofSeconds(5)).join();

        assertThat(progress).isEqualTo("17 packets\n");
    }

    @Test
    void fetchesAFileByteByByte() throws Exception {
        byte[] content = new byte[3_000_001];
        new java.util.Random(1).nextBytes(content);
        Files.write(directory.resolve("there"), content);

        long length = server.fetch(directory.resolve("there").toString(), directory.resolve("here"))
                .join();

        assertThat(length).isEqualTo(content.length);
        assertThat(directory.resolve("here")).hasBinaryContent(content);
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> AgentConnection.join(server.fetch("/no/such/file", directory.resolve("here"))))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("cannot read '/no/such/file': No such file or directory");
    }

    @Test
    void fetchesALargeFileCompressedAndUnpacksIt() throws Exception {
        byte[] content = "the same words again and again\n".repeat(1_000_000).getBytes(US_ASCII);
        Files.write(directory.resolve("there"), content);

        long length = server.fetchPacked(directory.resolve("there").toString(), directory.resolve("here"))
                .join();

        assertThat(length).isEqualTo(content.length);
        assertThat(directory.resolve("here")).hasBinaryContent(content);
        assertThat(directory.resolve("here.gz")).doesNotExist();
    }
}
