package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

    @Test
    void tellsWhereOneTextEndsAndTheNextBegins() {
        assertThat(new Fingerprint().add("ab").add("c").key())
                .isNotEqualTo(new Fingerprint().add("a").add("bc").key());
    }

    @Test
    void seesEachByteOfAFile(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("module.ko"), new byte[100_000]);
        String before = new Fingerprint().add(file).key();
        byte[] changed = new byte[100_000];
        changed[99_999] = 1;
        Files.write(file, changed);

        assertThat(new Fingerprint().add(file).key()).isNotEqualTo(before).hasSize(20);
    }
}
