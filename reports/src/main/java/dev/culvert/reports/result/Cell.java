package dev.culvert.reports.result;

import dev.culvert.conformance.Outcome;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Verdict;
import java.util.List;

/** One requirement judged on one topology. */
public record Cell(RequirementInfo requirement, Observed observed, Verdict verdict) {

    public Outcome outcome() {
        return verdict.outcome();
    }

    /** What it was judged on, as the report calls it: {@code ipip}, or {@code ipip@6.1} where there are several kernels. */
    public String where() {
        return observed.name();
    }

    /** What was found, the worst first, each thing once: many packets may show the same. */
    public List<RepeatedFinding> findings() {
        return RepeatedFinding.of(verdict.findings());
    }

    /** A name that is the same in every run: {@code RFC2003-3.1-PROTOCOL [ipip]}. */
    public String name() {
        return requirement.id() + " [" + where() + "]";
    }
}
