package dev.culvert.ci;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.EvidenceDirectory;
import dev.culvert.reports.Report;
import dev.culvert.reports.ReportFiles;
import dev.culvert.reports.ReportOptions;
import dev.culvert.reports.console.ConsoleSummary;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import dev.culvert.topologies.Topology;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that say where the report goes and what counts, and the publishing itself. */
final class ReportTarget {

    private static final String EVIDENCE = "evidence";

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

    /** The directory for new evidence; what an earlier run left in it is removed, and nothing else of the report directory. */
    Path freshEvidence() throws IOException {
        Path evidence = out.toAbsolutePath().normalize().resolve(EVIDENCE);
        if (Files.exists(evidence)) {
            try (Stream<Path> old = Files.walk(evidence)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(evidence);
    }

    /** The evidence of the topologies, in their order. */
    List<Observed> observed(Path evidence, List<Topology> topologies) {
        return topologies.stream()
                .map(topology -> evidence.resolve(topology.name()))
                .map(directory -> new Observed(EvidenceDirectory.read(directory), directory))
                .toList();
    }

    /** Every piece of evidence below a directory. */
    List<Observed> observed(Path root) {
        return EvidenceDirectory.readAll(root).stream()
                .map(evidence -> new Observed(evidence, directoryOf(root, evidence)))
                .toList();
    }

    private static Path directoryOf(Path root, Evidence evidence) {
        Path below = root.resolve(evidence.manifest().topology());
        return Files.isDirectory(below) ? below : root;
    }

    /** Writes the report, prints the summary and returns the exit code. */
    int publish(RunResult result, CommandLine line) throws IOException, InterruptedException {
        ReportFiles files = Report.write(result, out.toAbsolutePath().normalize(), ReportOptions.defaults());
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
