package dev.culvert.ci;

import dev.culvert.conformance.JudgedRequirement;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.reports.result.Observed;
import java.util.List;
import java.util.stream.Stream;

/**
 * Judges evidence by the function that each requirement is. An IDE and Failsafe run the same function as tests; that what is a cell of a matrix be a test as well takes
 * JUnit several times as long as the function, so that it is left out here.
 */
final class Judgement {

    private Judgement() {}

    /** The verdicts of those requirements that apply, each under its evidence's name; topologies are judged side by side. */
    static List<JudgedRequirement> of(List<Observed> observed, List<RequirementInfo> requirements) {
        return observed.parallelStream()
                .flatMap(seen -> verdicts(seen, requirements))
                .toList();
    }

    /** The verdicts of those requirements that apply to one. */
    static List<JudgedRequirement> of(Observed observed, List<RequirementInfo> requirements) {
        return verdicts(observed, requirements).toList();
    }

    private static Stream<JudgedRequirement> verdicts(Observed seen, List<RequirementInfo> requirements) {
        return requirements.stream()
                .filter(requirement ->
                        requirement.inapplicableTo(seen.evidence()).isEmpty())
                .map(requirement ->
                        new JudgedRequirement(seen.name(), requirement.id(), requirement.judge(seen.evidence())));
    }
}
