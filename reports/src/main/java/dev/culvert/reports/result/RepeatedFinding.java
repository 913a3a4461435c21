package dev.culvert.reports.result;

import dev.culvert.conformance.Finding;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** A finding, shown by the first packet that it was made on, and how many times it was made. */
public record RepeatedFinding(Finding finding, int times) {

    /** The findings with the worst first and each said once. */
    static List<RepeatedFinding> of(List<Finding> findings) {
        return List.copyOf(findings.stream()
                .sorted(Comparator.comparing(Finding::outcome).reversed())
                .collect(Collectors.toMap(
                        Finding::line,
                        finding -> new RepeatedFinding(finding, 1),
                        (one, other) -> new RepeatedFinding(one.finding(), one.times() + other.times()),
                        LinkedHashMap::new))
                .values());
    }

    /** The finding's line, with how often it was made when that is more than once. */
    public String line() {
        return finding.line() + (times == 1 ? "" : " (" + times + " times)");
    }
}
