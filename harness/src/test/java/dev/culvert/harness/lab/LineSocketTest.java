package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // A peer only has to be there.
class LineSocketTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void keepsLinesApartThatArriveTogether() throws IOException {
        try (FakePeer peer = peer("one\ntwo\n");
                LineSocket socket = connect()) {
            assertThat(socket.receive(LONG)).isEqualTo("one");
            assertThat(socket.receive(LONG)).isEqualTo("two");
        }
    }

    @Test
    void saysHowLongItWaitedAndWhatItSawLast() throws IOException {
        try (FakePeer peer = peer("half a li");
                LineSocket socket = connect()) {
            assertThatThrownBy(() -> socket.receive(Duration.ofMillis(300)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("no line within 300 ms")
                    .hasMessageContaining("\"half a li\"");
        }
    }

    @Test
    void tellsAClosedSocketFromASilentOne() throws IOException {
        try (FakePeer peer = peer("bye\n");
                LineSocket socket = connect()) {
            socket.receive(LONG);
            // The peer has no further answer, and closes.
            socket.send("go on");

            assertThatThrownBy(() -> socket.receive(LONG)).isInstanceOf(EOFException.class);
        }
    }

    private FakePeer peer(String... answers) throws IOException {
        return new FakePeer(directory.resolve("line"), answers);
    }

    private LineSocket connect() throws IOException {
        return LineSocket.connect(directory.resolve("line"));
    }
}
