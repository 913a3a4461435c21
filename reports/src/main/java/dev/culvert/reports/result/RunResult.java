package dev.culvert.reports.result;

import dev.culvert.conformance.JudgedRequirement;
import dev.culvert.conformance.Outcome;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A finished run: what was observed and how it was judged.
 *
 * @param observed the topologies in the order in which they are shown
 * @param requirements the catalogue; those without a verdict are left out of every report
 * @param judged the verdicts, in any order; each names its topology as {@link Observed#name} does
 * @param strict whether DEVIATES counts as a failure
 */
public record RunResult(
        List<Observed> observed,
        List<RequirementInfo> requirements,
        List<JudgedRequirement> judged,
        Instant started,
        Instant finished,
        boolean strict) {

    public RunResult {
        observed = List.copyOf(observed);
        requirements = List.copyOf(requirements);
        judged = List.copyOf(judged);
    }

    /** Every verdict with what it is about, by requirement in the order of the catalogue, then by topology. */
    public List<Cell> cells() {
        Map<String, Map<String, Verdict>> verdicts = judged.stream()
                .collect(Collectors.groupingBy(
                        JudgedRequirement::requirement,
                        Collectors.toMap(JudgedRequirement::topology, JudgedRequirement::verdict)));
        return requirements.stream()
                .flatMap(requirement -> observed.stream()
                        .flatMap(seen -> Optional.ofNullable(verdicts.getOrDefault(requirement.id(), Map.of())
                                        .get(seen.name()))
                                .map(verdict -> new Cell(requirement, seen, verdict))
                                .stream()))
                .toList();
    }

    /** What failed or could not be observed, the worst first. */
    public List<Cell> troubles() {
        return cells().stream()
                .filter(cell -> fails(cell.verdict()) || cell.outcome() == Outcome.BROKEN)
                .sorted(Comparator.comparing(Cell::outcome).reversed())
                .toList();
    }

    /** How many verdicts there are of each outcome; outcomes that do not occur count 0. */
    public Map<Outcome, Long> outcomes() {
        return counted(judged);
    }

    /** How many verdicts there are of each outcome on what the report calls by a name. */
    public Map<Outcome, Long> outcomes(String name) {
        return counted(judged.stream().filter(j -> j.topology().equals(name)).toList());
    }

    /** Says whether a verdict counts as a failure of the kernel or its configuration. */
    public boolean fails(Verdict verdict) {
        return verdict.outcome() == Outcome.FAIL || (strict && verdict.outcome() == Outcome.DEVIATES);
    }

    /** Whether any requirement failed. */
    public boolean failed() {
        return judged.stream().anyMatch(j -> fails(j.verdict()));
    }

    /** Whether anything could not be observed. */
    public boolean broken() {
        return judged.stream().anyMatch(j -> j.verdict().outcome() == Outcome.BROKEN);
    }

    /** The kernel releases under test, each once: {@code 6.12.94+deb13-amd64}. */
    public String kernels() {
        return each(Observed::release);
    }

    /** The labs that were used, each once: {@code qemu (tcg, 2 processors)}. */
    public String labs() {
        return each(seen -> seen.evidence().manifest().lab());
    }

    /** By what the servers were configured, each once: {@code iproute2}. */
    public String configurators() {
        return each(seen -> seen.evidence().manifest().configuredBy().id());
    }

    public Duration duration() {
        return Duration.between(started, finished);
    }

    private String each(Function<Observed, String> fact) {
        return observed.stream().map(fact).distinct().collect(Collectors.joining(", "));
    }

    private static Map<Outcome, Long> counted(List<JudgedRequirement> judged) {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, 0L);
        }
        judged.forEach(j -> counts.merge(j.verdict().outcome(), 1L, Long::sum));
        return counts;
    }
}
