package dev.culvert.harness.server;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.culvert.topologies.ServerName;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An agent on this machine, as server {@code a} unless it is told. */
final class LocalAgent implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> UNSHARE = List.of("unshare", "--net", "--mount");

    private final Process process;
    private final CommandLog log = new CommandLog();
    private volatile ByteQueue attached = new ByteQueue();

    LocalAgent(String... options) {
        this(List.of(), options);
    }

    private LocalAgent(List<String> prefix, String... options) {
        List<String> argv = new ArrayList<>(prefix);
        argv.add(program().toString());
        argv.addAll(List.of(options));
        process = start(argv);
        Thread pump = new Thread(this::pump, "culvert-test-pump");
        pump.setDaemon(true);
        pump.start();
    }

    /** An agent whose network and mounts are its own: nothing it makes is left when it ends. Only root may; for others the test is skipped. */
    static LocalAgent isolated() throws InterruptedException {
        List<String> probe = new ArrayList<>(UNSHARE);
        probe.add("true");
        assumeThat(start(probe).waitFor()).as("unshare's status").isZero();
        return new LocalAgent(UNSHARE);
    }

    private static Process start(List<String> argv) {
        try {
            return new ProcessBuilder(argv)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new session, as a client that comes after another has it. */
    Server attach() {
        return attach(ServerName.A);
    }

    Server attach(ServerName name) {
        attached = new ByteQueue();
        AgentConnection connection = new AgentConnection(name.id(), attached, new Input(), () -> "");
        return new Server(name, connection, connection.greet(Duration.ofSeconds(1), PATIENCE), log);
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    CommandLog log() {
        return log;
    }

    boolean endsWithin(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    void kill() {
        process.destroy();
    }

    @Override
    public void close() {
        kill();
    }

    private static Path program() {
        try {
            return Path.of(LocalAgent.class.getResource("agent").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Copies what the agent says to whoever is attached, as an engine does for a container. */
    private void pump() {
        byte[] buffer = new byte[65_536];
        try (InputStream said = process.getInputStream()) {
            for (int got = said.read(buffer); got >= 0; got = said.read(buffer)) {
                attached.put(buffer, 0, got);
            }
        } catch (IOException killed) {
            // What the client sees is the end of the stream.
        } finally {
            attached.close();
        }
    }

    /** The agent's standard input outlives a client, as that of a container does. */
    private final class Input extends FilterOutputStream {

        Input() {
            super(process.getOutputStream());
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
