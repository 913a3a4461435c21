package dev.culvert.reports.matrix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser without a window, which opens a page and says what became of it. */
record Chromium(Path program, Path profile) {

    private static final long LIMIT_SECONDS = 120;

    /** Finds it on the path; the profile is a directory to keep its files in. */
    static Optional<Chromium> find(Path profile) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(Path.of(directory)::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Chromium(program, profile));
    }

    /** Opens a page, lets its scripts run, and returns the document as it is then. */
    String document(Path page) throws IOException, InterruptedException {
        Path document = profile.resolve("document.html");
        Process process = new ProcessBuilder(List.of(
                        program.toString(),
                        "--headless",
                        // Its sandbox cannot be set up by root, nor in a container.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--user-data-dir=" + profile.resolve("profile"),
                        "--window-size=1440,900",
                        "--virtual-time-budget=20000",
                        "--dump-dom",
                        page.toUri().toString()))
                .redirectOutput(document.toFile())
                .redirectError(profile.resolve("complaints").toFile())
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException(program + ": did not end in " + LIMIT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException(program + ": ended with " + process.exitValue() + ": "
                    + Files.readString(profile.resolve("complaints"), StandardCharsets.UTF_8));
        }
        return Files.readString(document);
    }
}
