package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerLabTest {

    @TempDir
    private Path directory;

    @Test
    void saysWhichEngineDoesNotAnswerAndWhy() {
        String host = "unix://" + directory.resolve("none.sock");

        LabUnavailable refusal = catchThrowableOfType(
                LabUnavailable.class, () -> DockerLab.open(cache(), Map.of("DOCKER_HOST", host), phase -> {}));

        assertThat(refusal.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.what()).isEqualTo(host);
            assertThat(attempt.reason()).contains("no engine listens there");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:2375", "tcp://localhost", "ssh://host", "unix:relative", "tcp://a b:1"})
    void refusesAnAddressThatIsNone(String host) {
        assertThatThrownBy(() -> DockerLab.open(cache(), Map.of("DOCKER_HOST", host), phase -> {}))
                .hasMessageContaining("\"" + host + "\"")
                .hasMessageContaining("tcp://HOST:PORT");
    }

    @Test
    void namesTheFileThatKeysAreMissing() {
        Map<String, String> environment = Map.of(
                "DOCKER_HOST", "tcp://127.0.0.1:1", "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", directory.toString());

        assertThatThrownBy(() -> DockerLab.open(cache(), environment, phase -> {}))
                .hasMessageContaining(directory.resolve("ca.pem").toString());
    }

    private LabCache cache() {
        return new LabCache(directory.resolve("cache"));
    }
}
