package dev.culvert.ci;

import dev.culvert.conformance.JudgedRequirement;
import dev.culvert.reports.result.Observed;
import java.util.List;

/** A topology's evidence and the verdicts on it. */
record Judged(Observed observed, List<JudgedRequirement> verdicts) {}
