package dev.culvert.harness.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.lab.AgentPorts;
import dev.culvert.harness.server.ServerAccess;
import dev.culvert.topologies.ServerName;
import dev.culvert.topologies.file.Topologies;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerThreadTest {

    /** Less than the worker waits for any answer. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final int SESSION_BYTES = 16;

    private final List<ServerSocketChannel> ports = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    private Path directory;

    @AfterEach
    void closePorts() throws IOException {
        for (ServerSocketChannel port : ports) {
            port.close();
        }
    }

    @Test
    void saysWhyItReachesNoServer() throws Exception {
        try (WorkerThread worker = start()) {
            WorkerEvent event = worker.await(SOON, phase -> {});

            assertThat(event)
                    .isInstanceOfSatisfying(
                            WorkerEvent.Failed.class,
                            failed -> assertThat(failed.why()).contains(directory.toString(), "agent-"));
        }
        assertThat(log()).content().contains("the worker ends", "\tat dev.culvert.");
    }

    @Test
    void endsWithItsTopologyWhenItIsClosed() throws Exception {
        // Given a worker that waits for servers which have answered once, and never again
        for (ServerName server : ServerName.values()) {
            listen(server);
        }
        WorkerThread worker = start();
        assertThat(worker.await(SOON, phase -> {})).isInstanceOf(WorkerEvent.Ready.class);
        Path topology = Files.writeString(
                directory.resolve("topology.yaml"), Topologies.named("ipip").source());
        worker.order(new WorkerOrder(
                topology.toString(), directory.toString(), false, "none", ConfiguredBy.IPROUTE2, null, null));
        await("a question").atMost(SOON).until(() -> asked.get() > 0);

        // When it is closed
        worker.close();

        // Then it says that the topology failed, and its log says where
        assertThat(worker.await(SOON, phase -> {}))
                .isInstanceOfSatisfying(
                        WorkerEvent.Failed.class,
                        failed -> assertThat(failed.topology()).isEqualTo("ipip"));
        assertThat(log()).content().contains("ipip could not be observed", "\tat dev.culvert.");
    }

    private WorkerThread start() {
        return WorkerThread.start(new ServerAccess("none", Duration.ZERO, Optional.of(directory)), log());
    }

    private Path log() {
        return directory.resolve("worker.log");
    }

    /** The port of an agent that greets its client and says nothing else. */
    private void listen(ServerName server) throws IOException {
        ServerSocketChannel port = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        ports.add(port.bind(UnixDomainSocketAddress.of(directory.resolve(AgentPorts.name(server)))));
        Thread agent = new Thread(() -> greet(port), "culvert-test-" + server.id());
        agent.setDaemon(true);
        agent.start();
    }

    private void greet(ServerSocketChannel port) {
        try (SocketChannel client = port.accept()) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(client));
            int header = 10;
            byte[] hello = in.readNBytes(header + SESSION_BYTES);
            client.write(ByteBuffer.allocate(header + SESSION_BYTES + 12)
                    .put((byte) 0xC7)
                    .putInt(5 + SESSION_BYTES + 12)
                    .put((byte) 101)
                    .putInt(0)
                    .put(hello, header, SESSION_BYTES)
                    .putInt(1)
                    .putLong(0)
                    .flip());
            while (in.read() >= 0) {
                asked.incrementAndGet();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
