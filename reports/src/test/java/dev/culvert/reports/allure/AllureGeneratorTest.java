package dev.culvert.reports.allure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllureGeneratorTest {

    @TempDir
    Path directory;

    @Test
    void isBesideTheClassesAfterABuild() {
        assertThat(AllureGenerator.find()).isPresent();
    }

    @Test
    void isAbsentWhereThereIsNoLibraryDirectory() {
        assertThat(AllureGenerator.at(directory)).isEmpty();
        assertThat(AllureGenerator.at(directory.resolve("none"))).isEmpty();
    }

    @Test
    void saysWhatAllureSaidWhenItFails() throws Exception {
        // Given: a distribution without libraries
        Files.createDirectories(directory.resolve("home/lib"));
        Path results = Files.createDirectories(directory.resolve("results"));
        AllureGenerator generator =
                AllureGenerator.at(directory.resolve("home")).orElseThrow();

        // When
        try (var running = generator.start(results, directory.resolve("report"), "name")) {
            // Then
            assertThatThrownBy(running::await)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("status 1")
                    .hasMessageContaining("io.qameta.allure.CommandLine");
        }
    }

    @Test
    void refusesAReportWithoutHistory() {
        assertThatThrownBy(() -> AllureHistory.keep("<html></html>", directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no history");
    }
}
