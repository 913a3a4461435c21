package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {

    @Test
    void saysInOneLineThatTsharkIsMissing(@TempDir Path nothing) throws Exception {
        // Given
        ProcessBuilder decode = new ProcessBuilder("/bin/sh", "figures/decode.sh").redirectErrorStream(true);
        decode.environment().put("PATH", nothing.toString());

        // When
        Process process = decode.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(said.lines()).singleElement().asString().contains("tshark", "apt-get install tshark");
    }
}
