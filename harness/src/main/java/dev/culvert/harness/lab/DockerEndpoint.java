package dev.culvert.harness.lab;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a Docker engine listens.
 *
 * @param host {@code tcp://HOST:PORT} or {@code unix:///PATH}, as in {@code DOCKER_HOST}
 * @param certificates the directory with {@code ca.pem}, {@code cert.pem} and {@code key.pem}, or null without TLS
 */
public record DockerEndpoint(URI host, @Nullable Path certificates) {

    /** Returns the environment variables that lead a Docker client, or a worker, to this engine. */
    public Map<String, String> environment() {
        return certificates == null
                ? Map.of("DOCKER_HOST", host.toString())
                : Map.of(
                        "DOCKER_HOST",
                        host.toString(),
                        "DOCKER_TLS_VERIFY",
                        "1",
                        "DOCKER_CERT_PATH",
                        certificates.toString());
    }
}
