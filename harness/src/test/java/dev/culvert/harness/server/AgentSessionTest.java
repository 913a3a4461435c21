package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSessionTest {

    @Test
    void aLaterClientGoesOnWithTheSameAgent() {
        try (LocalAgent agent = new LocalAgent()) {
            Server first = agent.attach();
            int pid = first.pid();
            first.close();

            Server second = agent.attach();

            assertThat(second.pid()).isEqualTo(pid);
            assertThat(second.run(Command.at(Place.A, "echo", "still here")).stdout())
                    .isEqualTo("still here\n");
        }
    }

    @Test
    void whatStaysInItsNetworkNamespaceEndsWithIt() throws Exception {
        try (LocalAgent agent = LocalAgent.isolated()) {
            Server server = agent.attach();
            Command namespaces =
                    Command.at(Place.A, "readlink", "/proc/self/ns/net", "/proc/" + server.pid() + "/ns/net");
            ProcessHandle resident = ProcessHandle.of(server.pid()).orElseThrow();

            assertThat(server.runOrThrow(namespaces).stdout().lines().distinct())
                    .hasSize(1);

            agent.kill();
            await("end of the resident").until(() -> !resident.isAlive());
        }
    }

    @Test
    void aClientThatDiedWithinAFrameDoesNotHinderTheNext() throws Exception {
        try (LocalAgent agent = new LocalAgent()) {
            byte[] frame = new Request(RequestType.RUN).raw(new byte[50_000]).frame(7);
            agent.input().write(frame, 0, 20_000);
            agent.input().flush();

            Server server = agent.attach();

            assertThat(server.run(Command.at(Place.A, "true")).exit()).isZero();
        }
    }

    @Test
    void aNewSessionEndsWhatTheOldOneLeftRunning(@TempDir Path directory) {
        try (LocalAgent agent = new LocalAgent()) {
            Path pid = directory.resolve("pid");
            Server first = agent.attach();
            first.spawn("s", Command.at(Place.A, "sh", "-c", "echo $$ > " + pid + "; echo up; exec sleep 60"), "up")
                    .join();
            Command probe = Command.at(Place.A, "sh", "-c", "kill -0 $(cat " + pid + ")");
            int aliveBefore = first.run(probe).exit();
            first.close();

            int aliveAfter = agent.attach().run(probe).exit();

            assertThat(aliveBefore).isZero();
            assertThat(aliveAfter).isNotZero();
        }
    }

    @Test
    void resetEndsWhatWasSpawnedAndFreesItsName() {
        try (LocalAgent agent = new LocalAgent()) {
            Server server = agent.attach();
            Command command = Command.at(Place.A, "sh", "-c", "echo up; exec sleep 60");
            server.spawn("s", command, "up").join();

            AgentConnection.join(server.reset());

            assertThat(server.spawn("s", command, "up")).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void anAgentWithALeaseLeavesWhenItHearsNothing() throws Exception {
        try (LocalAgent agent = new LocalAgent("--lease=1")) {
            agent.attach();

            boolean ended = agent.endsWithin(Duration.ofSeconds(20));

            assertThat(ended).isTrue();
        }
    }

    @Test
    void everyRequestInFlightLearnsThatTheServerIsLost() {
        try (LocalAgent agent = new LocalAgent()) {
            Server server = agent.attach();
            CompletableFuture<CommandRecord> running = server.begin(Command.at(Place.A, "sleep", "60"));

            agent.kill();

            assertThatThrownBy(() -> AgentConnection.join(running))
                    .isInstanceOf(ServerLost.class)
                    .hasMessageContaining("server a: lost its agent: the stream ended")
                    .hasMessageContaining("a: sleep 60");
            assertThatThrownBy(() -> server.run(Command.at(Place.A, "true"))).isInstanceOf(ServerLost.class);
        }
    }
}
