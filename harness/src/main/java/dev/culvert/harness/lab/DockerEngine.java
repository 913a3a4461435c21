package dev.culvert.harness.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Docker engine the few things that must be known before a Docker client may touch it.
 *
 * <p>Docker clients remember a failed first contact; this one does not. It speaks HTTP/1.0, whose answers end with the
 * connection, over TCP, TLS or a Unix socket.
 */
final class DockerEngine {

    private static final Duration ONE_TRY = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final DockerEndpoint endpoint;
    private final @Nullable SSLSocketFactory tls;

    /** An answer of the engine. */
    record Answer(int status, String body) {}

    /** Reads the endpoint's certificates; the engine itself is not touched yet. */
    DockerEngine(DockerEndpoint endpoint) throws IOException {
        this.endpoint = endpoint;
        Path certificates = endpoint.certificates();
        this.tls = certificates == null ? null : new PemKeys(certificates).socketFactory();
    }

    /**
     * Asks whether the engine serves requests (Docker Engine API, SystemPing): the one question that costs it no other program's start.
     *
     * @throws IOException when it does not answer within {@code limit}, or not as an engine does
     */
    void ping(Duration limit) throws IOException {
        Answer answer = request("GET", "/_ping", null, limit);
        if (answer.status() != 200) {
            throw new IOException("GET /_ping: status " + answer.status() + ": " + answer.body());
        }
    }

    /**
     * Waits until the engine answers for the first time.
     *
     * @param worthIt tells whether waiting makes any sense still
     * @throws LabUnavailable when it does not within {@code limit}, with the last thing seen
     */
    void await(Duration limit, BooleanSupplier worthIt) throws LabUnavailable, InterruptedException {
        String what = "Docker engine at " + endpoint.host();
        AtomicReference<@Nullable String> seen = new AtomicReference<>();
        boolean answered = new Patience(limit, BETWEEN_TRIES).until(() -> {
            try {
                ping(ONE_TRY);
                return true;
            } catch (IOException e) {
                seen.set(e.getMessage());
                if (!worthIt.getAsBoolean()) {
                    throw new LabUnavailable(what, "its machine ended; the last thing seen: " + e.getMessage());
                }
                return false;
            }
        });
        if (!answered) {
            throw new LabUnavailable(
                    what, "no answer in " + limit.toSeconds() + " s; the last thing seen: " + seen.get());
        }
    }

    /** Sends one request, with a file as its body or none, and returns the whole answer. */
    Answer request(String method, String path, @Nullable Path body, Duration limit) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        try (EngineConnection connection = EngineConnection.open(endpoint.host(), tls, limit)) {
            CompletableFuture<Void> watch = CompletableFuture.runAsync(
                    () -> {
                        late.set(true);
                        closeQuietly(connection);
                    },
                    CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
            try {
                return exchange(connection, method, path, body);
            } finally {
                watch.cancel(false);
            }
        } catch (IOException e) {
            throw late.get()
                    ? new IOException(
                            "%s %s at %s: no answer within %d ms"
                                    .formatted(method, path, endpoint.host(), limit.toMillis()),
                            e)
                    : e;
        }
    }

    private static Answer exchange(EngineConnection connection, String method, String path, @Nullable Path body)
            throws IOException {
        long length = body == null ? 0 : Files.size(body);
        String head = "%s %s HTTP/1.0\r\nHost: docker\r\nContent-Type: application/x-tar\r\nContent-Length: %d\r\n\r\n"
                .formatted(method, path, length);
        OutputStream output = connection.output();
        output.write(head.getBytes(StandardCharsets.US_ASCII));
        if (body != null) {
            Files.copy(body, output);
        }
        output.flush();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        connection.input().transferTo(received);
        return parse(received.toString(StandardCharsets.UTF_8));
    }

    private static Answer parse(String received) throws IOException {
        int endOfHead = received.indexOf("\r\n\r\n");
        if (!received.startsWith("HTTP/1.") || received.length() < 12 || endOfHead < 0) {
            throw new IOException(
                    "the answer is no HTTP: \"%s\"".formatted(received.substring(0, Math.min(80, received.length()))));
        }
        return new Answer(Integer.parseInt(received.substring(9, 12)), received.substring(endOfHead + 4));
    }

    private static void closeQuietly(EngineConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // The reader gets to know.
        }
    }
}
