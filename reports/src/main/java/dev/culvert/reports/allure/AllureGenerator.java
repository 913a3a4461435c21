package dev.culvert.reports.allure;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The allure-commandline distribution, which makes a report in one file that works from a disk. It runs in a process of its own: its libraries
 * are not ours, and its statistics for its makers can only be switched off by the environment.
 */
public final class AllureGenerator {

    /** System property: the directory of the unpacked distribution. */
    public static final String HOME = "culvert.allure.home";

    private static final int LIMIT_SECONDS = 60;
    private static final String TRACKER = "googletagmanager";
    private static final Pattern TRACKER_SET_UP =
            Pattern.compile("<script>\\s*window\\.dataLayer\\b.*?</script>", Pattern.DOTALL);

    private final Path home;

    private AllureGenerator(Path home) {
        this.home = home;
    }

    /** Finds the distribution: where {@value #HOME} says, or as {@code allure-commandline} beside this module's classes. */
    public static Optional<AllureGenerator> find() {
        String told = System.getProperty(HOME);
        return told == null ? besideTheClasses().flatMap(AllureGenerator::at) : at(Path.of(told));
    }

    /** The distribution unpacked in a directory, or in the only directory within it; empty if it is not there. */
    public static Optional<AllureGenerator> at(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return Stream.concat(Stream.of(directory), children)
                    .filter(candidate -> Files.isDirectory(candidate.resolve("lib")))
                    .findFirst()
                    .map(AllureGenerator::new);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Starts to make a report of a directory of results. */
    public Running start(Path results, Path report, String name) throws IOException {
        Path log = results.resolve("generate.log");
        ClassArchive archive = ClassArchive.in(home);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(archive.options());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath()));
        command.addAll(List.of("io.qameta.allure.CommandLine", "generate", "--single-file", "--clean", "--name", name));
        command.addAll(List.of("--output", report.toString(), results.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("ALLURE_NO_ANALYTICS", "true");
        builder.environment().put("APP_HOME", home.toString());
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new Running(process, archive, log, report);
    }

    private String classPath() {
        Path libraries = home.resolve("lib");
        return libraries + File.separator + "*" + File.pathSeparator + libraries.resolve("config");
    }

    private static Optional<Path> besideTheClasses() {
        CodeSource source = AllureGenerator.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()).resolveSibling("allure-commandline"));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** A report being made. Closing it ends what still runs. */
    public static final class Running implements AutoCloseable {

        private final Process process;
        private final ClassArchive archive;
        private final Path log;
        private final Path report;

        private Running(Process process, ClassArchive archive, Path log, Path report) {
            this.process = process;
            this.archive = archive;
            this.log = log;
            this.report = report;
        }

        /** Waits for the report and gives its text, without what would report its readers to anybody. */
        public String await() throws IOException, InterruptedException {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("Allure made no report within " + LIMIT_SECONDS + " s; it said: " + said());
            }
            Path index = report.resolve("index.html");
            if (process.exitValue() != 0 || !Files.exists(index)) {
                throw new IOException("Allure ended with status " + process.exitValue() + " and said: " + said());
            }
            archive.keep();
            String html = TRACKER_SET_UP.matcher(Files.readString(index)).replaceFirst("");
            if (html.contains(TRACKER)) {
                throw new IOException(
                        "the Allure report would report its readers to \"" + TRACKER + "\"; it was not kept");
            }
            Files.writeString(index, html);
            return html;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }

        private String said() throws IOException {
            String text = Files.readString(log).strip();
            return text.length() <= 2000 ? text : text.substring(text.length() - 2000);
        }
    }
}
