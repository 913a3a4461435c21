package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // A peer only has to be there.
class DockerEngineTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void isContentWithAnEngineThatAnswers() throws IOException {
        try (FakePeer engine = engine("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nOK")) {
            assertThatCode(() -> docker().ping(LONG)).doesNotThrowAnyException();
        }
    }

    @Test
    void quotesTheRefusalOfAnEngine() throws IOException {
        try (FakePeer engine = engine("HTTP/1.0 403 Forbidden\r\n\r\nnot you")) {
            assertThatThrownBy(() -> docker().ping(LONG)).hasMessage("GET /_ping: status 403: not you");
        }
    }

    @Test
    void quotesWhatIsNoEngine() throws IOException {
        try (FakePeer stranger = engine("220 smtp.example ESMTP\r\n")) {
            assertThatThrownBy(() -> docker().ping(LONG))
                    .hasMessageContaining("is no HTTP")
                    .hasMessageContaining("220 smtp");
        }
    }

    @Test
    void givesUpOnAnEngineThatAcceptsAndIsSilent() throws IOException {
        try (FakePeer silent = new FakePeer(directory.resolve("docker.sock"), "", "", "", "", "", "", "", "", "")) {
            assertThatThrownBy(() -> docker().ping(Duration.ofMillis(200)))
                    .hasMessageContaining("no answer within 200 ms");
        }
    }

    private FakePeer engine(String answer) throws IOException {
        return new FakePeer(directory.resolve("docker.sock"), answer);
    }

    private DockerEngine docker() throws IOException {
        return new DockerEngine(new DockerEndpoint(URI.create("unix://" + directory.resolve("docker.sock")), null));
    }
}
