package dev.culvert.reports.allure;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    private @Nullable Process ready;

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

    /**
     * Has the process that will make the report make itself ready meanwhile, at low priority; without a report it ends with this one. Where
     * it cannot be started nothing is lost but time: {@link #start} says what is wrong, when there is a report to make.
     */
    public void getReady() {
        try {
            List<String> command = new ArrayList<>(List.of("nice", "-n", "10"));
            command.addAll(java(ClassArchive.in(home).use(), classPath() + File.pathSeparator + ownClasses()));
            command.addAll(List.of(AllureStandby.class.getName(), home.toString()));
            ready = process(command).start();
        } catch (IOException e) {
            ready = null;
        }
    }

    /** Starts to make a report of a directory of results. */
    public Running start(Path results, Path report, String name) throws IOException {
        ClassArchive archive = ClassArchive.in(home);
        Process process = ready;
        if (process == null || !told(process, words(results, report, name))) {
            List<String> command = new ArrayList<>(java(archive.options(), classPath()));
            command.add("io.qameta.allure.CommandLine");
            command.addAll(words(results, report, name));
            process = process(command).start();
        }
        ready = null;
        return new Running(process, archive, report);
    }

    /** The words of Allure's command line. */
    static List<String> words(Path results, Path report, String name) {
        return List.of(
                "generate",
                "--single-file",
                "--clean",
                "--name",
                name,
                "--output",
                report.toString(),
                results.toString());
    }

    /** Tells a process that is ready what to do; false if it has ended. */
    private static boolean told(Process process, List<String> words) {
        try (Writer writer = process.outputWriter(StandardCharsets.UTF_8)) {
            writer.write(String.join("\n", words));
            return process.isAlive();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> java(List<String> archive, String classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(archive);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-cp", classPath));
        return command;
    }

    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ALLURE_NO_ANALYTICS", "true");
        builder.environment().put("APP_HOME", home.toString());
        return builder;
    }

    private String classPath() {
        Path libraries = home.resolve("lib");
        return libraries + File.separator + "*" + File.pathSeparator + libraries.resolve("config");
    }

    private static Path ownClasses() throws IOException {
        return ownLocation().orElseThrow(() -> new IOException("Culvert's own classes are at no place known"));
    }

    private static Optional<Path> besideTheClasses() {
        return ownLocation().map(location -> location.resolveSibling("allure-commandline"));
    }

    private static Optional<Path> ownLocation() {
        CodeSource source = AllureGenerator.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** A report being made. Closing it ends what still runs. */
    public static final class Running implements AutoCloseable {

        private final Process process;
        private final ClassArchive archive;
        private final Path report;

        private Running(Process process, ClassArchive archive, Path report) {
            this.process = process;
            this.archive = archive;
            this.report = report;
        }

        /** Waits for the report and gives its text, without what would report its readers to anybody. */
        public String await() throws IOException, InterruptedException {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                close();
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
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return text.length() <= 2000 ? text : text.substring(text.length() - 2000);
        }
    }
}
