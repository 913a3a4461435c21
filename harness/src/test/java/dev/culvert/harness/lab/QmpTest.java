package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // A peer only has to be there.
class QmpTest {

    private static final String GREETING = "{\"QMP\": {\"version\": {}, \"capabilities\": []}}\r\n";
    private static final String DONE = "{\"return\": {}}\r\n";

    @TempDir
    private Path directory;

    @Test
    void returnsWhatQemuReturnsAndPassesOverTheEventsBefore() throws IOException {
        String event = "{\"event\": \"STOP\", \"timestamp\": {\"seconds\": 1}}\r\n";
        try (FakePeer qemu = qemu(GREETING, DONE, event + "{\"return\": {\"status\": \"paused\"}}\r\n");
                Qmp qmp = connect()) {

            String status = qmp.execute("query-status", Map.of()).path("status").asText();

            assertThat(status).isEqualTo("paused");
            assertThat(qemu.heard().get(0)).contains("qmp_capabilities");
        }
    }

    @Test
    void saysWhatQemuRefusedAndWhy() throws IOException {
        String refusal = "{\"error\": {\"class\": \"GenericError\", \"desc\": \"There is a migration already\"}}\r\n";
        try (FakePeer qemu = qemu(GREETING, DONE, refusal);
                Qmp qmp = connect()) {
            assertThatThrownBy(() -> qmp.execute("migrate", Map.of("uri", "exec:cat")))
                    .hasMessage("QEMU refuses \"migrate\": There is a migration already");
        }
    }

    @Test
    void refusesAPeerThatIsNotQemu() throws IOException {
        try (FakePeer stranger = qemu("{\"hello\": 1}\n")) {
            assertThatThrownBy(this::connect)
                    .hasMessageContaining("greets with")
                    .hasMessageContaining("hello");
        }
    }

    @Test
    void quotesALineThatIsNoJson() throws IOException {
        try (FakePeer stranger = qemu("SSH-2.0\n")) {
            assertThatThrownBy(this::connect).hasMessage("QEMU says \"SSH-2.0\", which is no JSON");
        }
    }

    private FakePeer qemu(String... answers) throws IOException {
        return new FakePeer(directory.resolve("qmp"), answers);
    }

    private Qmp connect() throws IOException {
        return new Qmp(LineSocket.connect(directory.resolve("qmp")));
    }
}
