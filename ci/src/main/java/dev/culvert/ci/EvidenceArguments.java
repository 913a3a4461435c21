package dev.culvert.ci;

import dev.culvert.conformance.JudgedRequirement;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.harness.evidence.EvidenceDirectory;
import dev.culvert.harness.evidence.EvidenceException;
import dev.culvert.reports.result.Observed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The evidence that a person names, one directory or several, of one kernel or several.
 *
 * @param roots the directories, each with the evidence of one topology or of several below it
 * @param observed the evidence of all of them, each told from the others by its name
 */
record EvidenceArguments(List<Path> roots, List<Observed> observed) {

    /** Reads it; a report's directory stands for the evidence in it. Throws {@link EvidenceException} for what cannot be used. */
    static EvidenceArguments read(List<Path> named) {
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
            return new EvidenceArguments(roots, Observed.toldApart(all));
        } catch (IllegalArgumentException twice) {
            throw new EvidenceException(List.of(twice.getMessage()));
        }
    }

    /** The verdicts of requirements on all of it. */
    List<JudgedRequirement> judge(List<RequirementInfo> requirements) {
        return roots.stream()
                .flatMap(root -> {
                    Map<String, String> names = observed.stream()
                            .filter(seen -> seen.directory().startsWith(root))
                            .collect(Collectors.toMap(Observed::topology, Observed::name));
                    return Judgement.prepare(root, requirements).verdicts().stream()
                            .map(verdict -> new JudgedRequirement(
                                    names.get(verdict.topology()), verdict.requirement(), verdict.verdict()));
                })
                .toList();
    }

    private static Path root(Path named) {
        Path root = named.toAbsolutePath().normalize();
        Path evidence = root.resolve(ReportTarget.EVIDENCE);
        return Files.isDirectory(evidence) ? evidence : root;
    }
}
