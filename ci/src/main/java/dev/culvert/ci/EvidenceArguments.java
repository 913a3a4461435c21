package dev.culvert.ci;

import dev.culvert.harness.evidence.EvidenceDirectory;
import dev.culvert.harness.evidence.EvidenceException;
import dev.culvert.reports.result.Observed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The evidence that a person names, one directory or several, of one kernel or several. */
final class EvidenceArguments {

    private EvidenceArguments() {}

    /**
     * Reads it, each told from the others by its name; a report's directory stands for the evidence in it. Throws {@link EvidenceException}
     * for what cannot be used.
     */
    static List<Observed> read(List<Path> named) {
        List<Path> roots =
                named.stream().map(EvidenceArguments::root).distinct().toList();
        List<Observed> all = new ArrayList<>();
        for (Path root : roots) {
            EvidenceDirectory.readAll(root).forEach(found -> {
                Path below = root.resolve(found.topology().name());
                all.add(new Observed(found, Files.isDirectory(below) ? below : root));
            });
        }
        try {
            return Observed.toldApart(all);
        } catch (IllegalArgumentException twice) {
            throw new EvidenceException(List.of(twice.getMessage()));
        }
    }

    private static Path root(Path named) {
        Path root = named.toAbsolutePath().normalize();
        Path evidence = root.resolve(ReportTarget.EVIDENCE);
        return Files.isDirectory(evidence) ? evidence : root;
    }
}
