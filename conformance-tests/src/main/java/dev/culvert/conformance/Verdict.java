package dev.culvert.conformance;

import java.util.List;

/**
 * What a requirement says of a piece of evidence.
 *
 * @param because one sentence: what was compared, what was missing, or the first finding
 * @param checks how many comparisons were made
 */
public record Verdict(Outcome outcome, String because, int checks, List<Finding> findings) {

    public Verdict {
        findings = List.copyOf(findings);
    }
}
