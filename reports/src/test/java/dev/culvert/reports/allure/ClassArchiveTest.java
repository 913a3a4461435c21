package dev.culvert.reports.allure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    @TempDir
    Path directory;

    @Test
    void isMadeOnceAndUsedFromThenOn() throws IOException {
        // Given: what the virtual machine would write
        ClassArchive first = ClassArchive.in(directory);
        String making = first.options().get(1);
        Files.createFile(Path.of(making.substring(making.indexOf('=') + 1)));

        // When
        first.keep();

        // Then
        assertThat(making).startsWith("-XX:ArchiveClassesAtExit=");
        assertThat(ClassArchive.in(directory).options())
                .contains("-XX:SharedArchiveFile=" + directory.resolve("classes-" + Runtime.version() + ".jsa"));
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void nothingIsAskedOfTheMachineWhereNothingCanBeWritten() {
        assertThat(ClassArchive.in(directory.resolve("none")).options()).isEmpty();
    }
}
