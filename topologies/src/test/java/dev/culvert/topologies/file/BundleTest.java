package dev.culvert.topologies.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

    @Test
    void findsTheFolderInAJarWithoutDirectoryEntries(@TempDir Path directory) throws IOException {
        Path jar = directory.resolve("culvert.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String file :
                    List.of("topologies/sit.yaml", "topologies/gre.yaml", "topologies/notes.txt", "a.yaml")) {
                out.putNextEntry(new JarEntry(file));
            }
        }

        assertThat(Bundle.namesIn(jar)).containsExactly("gre", "sit");
    }

    @Test
    void callsEachTopologyLikeItsFile() {
        assertThat(Bundle.names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(Topologies.named(name).name()).isEqualTo(name));
    }
}
