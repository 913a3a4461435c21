package dev.culvert.reports.allure;

import dev.culvert.reports.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Allure's part of a report directory: {@code allure-results}, the generated {@code allure}, and the {@code history} between runs. */
public final class AllureReport implements AutoCloseable {

    private final Path directory;
    private final AllureGenerator.Running running;

    private AllureReport(Path directory, AllureGenerator.Running running) {
        this.directory = directory;
        this.running = running;
    }

    /** Writes the results of a run in place of those of the run before, with the history kept by it. */
    public static Path results(RunResult result, Path directory) throws IOException {
        Path results = directory.resolve("allure-results");
        delete(results);
        Files.createDirectories(results);
        AllureHistory.restore(directory.resolve("history"), results);
        AllureResults.write(result, results);
        return results;
    }

    /** Starts to make the report of the results that {@link #results} wrote. */
    public static AllureReport start(AllureGenerator generator, Path directory, String name) throws IOException {
        Path report = directory.resolve("allure");
        return new AllureReport(directory, generator.start(directory.resolve("allure-results"), report, name));
    }

    /** Waits for the report, keeps its history for the next one, and gives the page. */
    public Path await() throws IOException, InterruptedException {
        AllureHistory.keep(running.await(), directory.resolve("history"));
        return directory.resolve("allure").resolve("index.html");
    }

    @Override
    public void close() {
        running.close();
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
