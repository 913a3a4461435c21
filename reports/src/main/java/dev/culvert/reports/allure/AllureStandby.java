package dev.culvert.reports.allure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program that makes itself ready in Allure's JVM while topologies are observed: it reports on a run of one test, for nobody, so that the
 * real report finds everything loaded. Arguments: Allure's home directory. Then it reads the words of Allure's command line from
 * standard input, one a line; when there are none nobody wants a report.
 */
final class AllureStandby {

    private static final String COMMAND_LINE = "io.qameta.allure.CommandLine";
    private static final String RESULT = """
            {"uuid": "1", "name": "warm-up", "status": "passed", "attachments": [{"name": "a", "type": "text/plain", "source": "a.txt"}]}
            """;

    private AllureStandby() {}

    /** Ends with Allure's own exit status, or with an exception that says why it cannot. */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Class<?> commandLine = Class.forName(COMMAND_LINE);
        warmUp(commandLine, Path.of(arguments[0]));
        String[] words = new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toArray(String[]::new);
        if (words.length > 0) {
            commandLine.getMethod("main", String[].class).invoke(null, (Object) words);
        }
    }

    private static void warmUp(Class<?> commandLine, Path home) throws IOException, ReflectiveOperationException {
        Path scratch = Files.createTempDirectory("culvert-allure-");
        try {
            Path results = Files.createDirectory(scratch.resolve("results"));
            Files.writeString(results.resolve("1-result.json"), RESULT);
            Files.writeString(results.resolve("a.txt"), "a");
            List<String> words = AllureGenerator.words(results, scratch.resolve("report"), "warm-up");
            Object line = commandLine.getConstructor(Path.class).newInstance(home);
            commandLine.getMethod("parse", String[].class).invoke(line, (Object) words.toArray(String[]::new));
            commandLine.getMethod("run").invoke(line);
        } finally {
            try (Stream<Path> files = Files.walk(scratch)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
