package dev.culvert.ci;

import dev.culvert.reports.Report;
import dev.culvert.reports.ReportFiles;
import dev.culvert.reports.ReportOptions;
import dev.culvert.reports.console.ConsoleSummary;
import dev.culvert.reports.result.RunResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where the report goes and what counts, and the publishing itself. */
final class ReportTarget {

    static final String EVIDENCE = "evidence";

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = {"-o", "--out"},
            defaultValue = "culvert-report",
            paramLabel = "DIR",
            description = "Where the report goes (default: ${DEFAULT-VALUE}).")
    Path out;

    @Option(names = "--strict", description = "A known deviation of Linux from an RFC counts as a failure.")
    boolean strict;

    @Option(names = "--json", description = "Print the matrix as JSON instead of a summary.")
    boolean json;

    /**
     * The directory for new evidence, empty. What an earlier run left in it is removed; a directory that holds anything else is refused,
     * lest a slip in {@code --out} costs somebody their files.
     */
    Path freshEvidence() throws IOException {
        Path evidence = out.toAbsolutePath().normalize().resolve(EVIDENCE);
        if (Files.exists(evidence)) {
            refuseForeign(evidence);
            try (Stream<Path> old = Files.walk(evidence)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(evidence);
    }

    private void refuseForeign(Path evidence) throws IOException {
        try (Stream<Path> children = Files.list(evidence)) {
            Optional<Path> foreign = children.filter(child -> !isOurs(child)).findFirst();
            if (foreign.isPresent()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--out: \"" + foreign.get() + "\" was not written by Culvert, and \"" + evidence
                                + "\" would be emptied; name another directory");
            }
        }
    }

    private static boolean isOurs(Path child) {
        return child.endsWith("logs") || Files.exists(child.resolve("topology.yaml"));
    }

    /** Writes the report, prints the summary and returns the exit code. */
    int publish(RunResult result, ReportOptions options, CommandLine line) throws IOException, InterruptedException {
        ReportFiles files = Report.write(result, out.toAbsolutePath().normalize(), options);
        PrintWriter console = line.getOut();
        if (json) {
            console.println(Files.readString(files.matrixJson()));
        } else {
            ConsoleSummary.of(
                            result, files.index(), line.getColorScheme().ansi().enabled())
                    .forEach(console::println);
        }
        console.flush();
        if (result.failed()) {
            return ExitCode.REQUIREMENT_FAILED;
        }
        return result.broken() ? ExitCode.BROKEN : ExitCode.OK;
    }
}
