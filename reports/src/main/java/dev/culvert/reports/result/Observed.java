package dev.culvert.reports.result;

import dev.culvert.harness.evidence.Evidence;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The evidence of one topology on one kernel, and the directory it was read from.
 *
 * @param name what it is called in a report: the topology's name, and behind an @ the kernel's where there are several
 */
public record Observed(Evidence evidence, Path directory, String name) {

    /** Evidence of a run on one kernel. */
    public Observed(Evidence evidence, Path directory) {
        this(evidence, directory, evidence.topology().name());
    }

    /**
     * Names evidence of any number of kernels so that each is told from the others. Throws {@link IllegalArgumentException} when two are
     * of one topology on one kernel.
     */
    public static List<Observed> toldApart(List<Observed> all) {
        Kernels kernels = Kernels.of(all);
        Map<String, Path> known = new HashMap<>();
        return all.stream()
                .map(seen -> {
                    String kernel = kernels.several() ? "@" + kernels.name(seen) : "";
                    Observed named = new Observed(seen.evidence, seen.directory, seen.topology() + kernel);
                    Path other = known.put(named.name, seen.directory);
                    if (other != null) {
                        throw new IllegalArgumentException(
                                "\"%s\" and \"%s\" both hold topology %s on kernel %s; give one of them"
                                        .formatted(other, seen.directory, seen.topology(), seen.release()));
                    }
                    return named;
                })
                .toList();
    }

    /** A sentence that says why it was observed a second time, where it was. */
    public Optional<String> repetition() {
        return Optional.ofNullable(evidence.manifest().earlierLoss())
                .map(loss ->
                        "Observed a second time: the emulator lost the machine the first time, and the kernel said \""
                                + loss.said() + "\".");
    }

    /** The topology's name. */
    public String topology() {
        return evidence.topology().name();
    }

    /** The release of the kernel under test, as {@code uname -r} says it. */
    public String release() {
        return evidence.manifest().kernel().release();
    }
}
