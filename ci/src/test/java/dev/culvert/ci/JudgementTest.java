package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.culvert.conformance.ConformanceTest;
import dev.culvert.conformance.Judge;
import dev.culvert.conformance.JudgedRequirement;
import dev.culvert.conformance.Level;
import dev.culvert.conformance.Outcome;
import dev.culvert.conformance.Requirement;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Requirements;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.EvidenceDirectory;
import dev.culvert.reports.result.Observed;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;

class JudgementTest {

    private static final Path RECORDED = Path.of("../conformance-tests/src/test/resources/evidence/6.12");
    private static final List<String> TOPOLOGIES =
            List.of("ipip", "ipip-external", "ipip-fallback", "ipip-fou", "ipip-gue", "ipip-mpls", "ipip-routed");

    @TempDir
    Path directory;

    /** JUnit warns of links that lead out of a directory which it deletes. */
    @AfterEach
    void unlink() throws IOException {
        try (Stream<Path> links = Files.list(directory)) {
            for (Path link : links.toList()) {
                Files.delete(link);
            }
        }
    }

    /** Topologies are judged side by side, and none must be taken for another. */
    @Test
    void judgesEachTopologyOnceByItsOwnEvidence() throws IOException {
        link(TOPOLOGIES);
        List<Observed> observed = observed();
        List<String> expected = observed.stream()
                .flatMap(seen -> Requirements.all().stream()
                        .filter(requirement ->
                                requirement.inapplicableTo(seen.evidence()).isEmpty())
                        .map(requirement -> requirement.id() + " "
                                + seen.evidence().topology().name() + " "
                                + requirement.judge(seen.evidence()).checks()))
                .toList();

        List<String> judged = Judgement.of(observed, Requirements.all()).stream()
                .map(one -> one.requirement() + " " + one.topology() + " "
                        + one.verdict().checks())
                .toList();

        assertThat(judged).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** An IDE and Failsafe run the classes as tests, all of them side by side. */
    @Test
    void judgesAsJUnitDoes() throws IOException {
        link(TOPOLOGIES);

        List<JudgedRequirement> judged = Judgement.of(observed(), Requirements.all());
        Map<String, TestExecutionResult> tests = new RequirementsAsTests(directory).run(Requirements.sections());

        assertThat(tests)
                .hasSameSizeAs(judged)
                .allSatisfy((test, result) ->
                        assertThat(result.getStatus()).as(test).isEqualTo(TestExecutionResult.Status.SUCCESSFUL));
        assertThat(judged)
                .allSatisfy(one -> assertThat(tests).containsKey(one.requirement() + " " + one.topology()))
                .allSatisfy(one -> assertThat(one.verdict().outcome()).isIn(Outcome.PASS, Outcome.DEVIATES));
    }

    /** A defect of one class is no reason to say nothing of all others. */
    @Test
    void aClassThatCannotBeConstructedForATopologyIsBrokenThereAlone() throws IOException, NoSuchMethodException {
        link(List.of("ipip", "ipip-routed", "gre"));
        Method method = UnroutedTest.class.getDeclaredMethod("holds", Judge.class);
        RequirementInfo fragile = new RequirementInfo(
                method.getAnnotation(Requirement.class),
                UnroutedTest.class.getAnnotation(ConformanceTest.class).value(),
                method);
        RequirementInfo other = Requirements.find("RFC2003-3.1-PROTOCOL").orElseThrow();

        List<JudgedRequirement> judged = Judgement.of(observed(), List.of(fragile, other));
        Map<String, TestExecutionResult> tests = new RequirementsAsTests(directory).run(List.of(UnroutedTest.class));

        assertThat(judged)
                .extracting(
                        JudgedRequirement::requirement,
                        JudgedRequirement::topology,
                        one -> one.verdict().outcome())
                .containsExactlyInAnyOrder(
                        tuple("FRAGILE", "ipip", Outcome.PASS),
                        tuple("FRAGILE", "ipip-routed", Outcome.BROKEN),
                        tuple(other.id(), "ipip", Outcome.PASS),
                        tuple(other.id(), "ipip-routed", Outcome.PASS));
        assertThat(judged)
                .filteredOn(one -> one.verdict().outcome() == Outcome.BROKEN)
                .extracting(one -> one.verdict().because())
                .containsExactly(
                        "the requirement itself failed: java.lang.IllegalArgumentException: no words for ipip-routed");
        assertThat(tests)
                .hasSize(2)
                .hasEntrySatisfying(
                        "FRAGILE ipip",
                        passed -> assertThat(passed.getStatus()).isEqualTo(TestExecutionResult.Status.SUCCESSFUL));
        assertThat(tests.get("FRAGILE ipip-routed").getThrowable())
                .hasValueSatisfying(broken -> assertThat(broken)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("no words for ipip-routed"));
    }

    private List<Observed> observed() {
        return EvidenceDirectory.readAll(directory).stream()
                .map(evidence -> new Observed(evidence, directory))
                .toList();
    }

    private void link(List<String> topologies) throws IOException {
        for (String topology : topologies) {
            Files.createSymbolicLink(
                    directory.resolve(topology), RECORDED.resolve(topology).toRealPath());
        }
    }

    /** Speaks of {@code ipip}; its constructor fails for one such topology, and for one of a kind that it does not speak of. */
    @ConformanceTest("a class that is not right for every topology")
    static class UnroutedTest {

        UnroutedTest(Evidence evidence) {
            if (!evidence.topology().name().equals("ipip")) {
                throw new IllegalArgumentException(
                        "no words for " + evidence.topology().name());
            }
        }

        @Requirement(
                id = "FRAGILE",
                level = Level.LINUX,
                source = "none",
                sentence = "One is one.",
                provoked = "Not at all.",
                observed = "Nowhere.")
        void holds(Judge judge) {
            judge.equal("one", 1, 1);
        }
    }
}
