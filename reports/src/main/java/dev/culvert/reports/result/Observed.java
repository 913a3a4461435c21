package dev.culvert.reports.result;

import dev.culvert.harness.evidence.Evidence;
import java.nio.file.Path;

/** The evidence of one topology and the directory it was read from. */
public record Observed(Evidence evidence, Path directory) {

    /** The topology's name. */
    public String topology() {
        return evidence.topology().name();
    }
}
