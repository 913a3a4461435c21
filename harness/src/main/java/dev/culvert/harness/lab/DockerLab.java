package dev.culvert.harness.lab;

import dev.culvert.harness.lab.LabUnavailable.Attempt;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whatever engine the environment names, on its own kernel. Nothing is known of that kernel's console. */
public final class DockerLab implements Lab {

    private static final Duration ONE_TRY = Duration.ofSeconds(10);

    private final DockerEndpoint endpoint;
    private final NodeImage nodeImage;

    private DockerLab(DockerEndpoint endpoint, NodeImage nodeImage) {
        this.endpoint = endpoint;
        this.nodeImage = nodeImage;
    }

    /**
     * Finds the engine as Docker's own client does, and gives it the node image: {@code DOCKER_HOST} with {@code
     * DOCKER_TLS_VERIFY} and {@code DOCKER_CERT_PATH}; without it, the system's socket and then the user's.
     *
     * @throws LabUnavailable when no engine answers, with every address that was tried
     */
    public static DockerLab open(LabCache cache, Map<String, String> environment, Progress progress)
            throws LabException, InterruptedException {
        List<Attempt> attempts = new ArrayList<>();
        for (DockerEndpoint endpoint : candidates(environment)) {
            try {
                progress.phase("asking the Docker engine at " + endpoint.host());
                DockerEngine engine = new DockerEngine(endpoint);
                engine.ping(ONE_TRY);
                NodeImage nodeImage = RootImage.ensure(cache, progress).nodeImage();
                progress.phase("loading the node image");
                nodeImage.load(engine);
                return new DockerLab(endpoint, nodeImage);
            } catch (IOException e) {
                attempts.add(new Attempt(endpoint.host().toString(), describe(e)));
            }
        }
        throw new LabUnavailable(attempts);
    }

    private static List<DockerEndpoint> candidates(Map<String, String> environment) throws LabUnavailable {
        String host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isEmpty()) {
            return List.of(new DockerEndpoint(checked(host), certificates(environment)));
        }
        List<DockerEndpoint> local = new ArrayList<>();
        local.add(new DockerEndpoint(URI.create("unix:///var/run/docker.sock"), null));
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isEmpty() && Files.exists(Path.of(runtime, "docker.sock"))) {
            local.add(new DockerEndpoint(URI.create("unix://" + runtime + "/docker.sock"), null));
        }
        return local;
    }

    private static URI checked(String host) throws LabUnavailable {
        try {
            URI uri = URI.create(host);
            boolean tcp = "tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0;
            boolean unix = "unix".equals(uri.getScheme())
                    && uri.getPath() != null
                    && uri.getPath().startsWith("/");
            if (tcp || unix) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new LabUnavailable(
                "DOCKER_HOST", "\"" + host + "\" is no address of an engine; allowed: tcp://HOST:PORT, unix:///PATH");
    }

    private static @Nullable Path certificates(Map<String, String> environment) {
        if (environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty()) {
            return null;
        }
        String path = environment.getOrDefault("DOCKER_CERT_PATH", "");
        return path.isEmpty() ? Path.of(System.getProperty("user.home"), ".docker") : Path.of(path);
    }

    private static String describe(IOException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        if (message.contains("Permission denied")) {
            return message + "; may you use it? (group docker)";
        }
        return message.contains("No such file") || message.contains("refused")
                ? message + "; no engine listens there"
                : message;
    }

    @Override
    public DockerEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public NodeImage nodeImage() {
        return nodeImage;
    }

    /** Does nothing: a lab without a template runs from its beginning. */
    @Override
    public void go() {}

    /** Does nothing: the engine has answered before this lab was one. */
    @Override
    public void awaitServers() {}

    /** Does nothing: the engine has answered before this lab was one. */
    @Override
    public void awaitEngine() {}

    @Override
    public Optional<Path> agentPorts() {
        return Optional.empty();
    }

    @Override
    public Optional<KernelConsole> console() {
        return Optional.empty();
    }

    @Override
    public LabHealth health(Duration limit) {
        try {
            new DockerEngine(endpoint).ping(limit);
            return new LabHealth.Answering();
        } catch (IOException e) {
            return new LabHealth.Hung(describe(e));
        }
    }

    /** Does nothing: the engine is not ours. */
    @Override
    public void close() {}
}
