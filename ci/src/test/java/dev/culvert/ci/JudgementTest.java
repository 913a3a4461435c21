package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Requirements;
import dev.culvert.harness.evidence.EvidenceDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgementTest {

    private static final Path RECORDED = Path.of("../conformance-tests/src/test/resources/evidence/6.12");
    private static final List<String> TOPOLOGIES =
            List.of("ipip", "ipip-external", "ipip-fallback", "ipip-fou", "ipip-gue", "ipip-mpls", "ipip-routed");

    @TempDir
    Path directory;

    /** JUnit warns of links that lead out of a directory which it deletes. */
    @AfterEach
    void removeLinks() throws IOException {
        for (String topology : TOPOLOGIES) {
            Files.deleteIfExists(directory.resolve(topology));
        }
    }

    /** Topologies are judged side by side, and none must be taken for another. */
    @Test
    void judgesEachTopologyOnceByItsOwnEvidence() throws IOException {
        for (String topology : TOPOLOGIES) {
            Files.createSymbolicLink(
                    directory.resolve(topology), RECORDED.resolve(topology).toRealPath());
        }
        List<RequirementInfo> all = Requirements.all();
        List<String> expected = EvidenceDirectory.readAll(directory).stream()
                .flatMap(evidence -> all.stream()
                        .filter(requirement ->
                                requirement.inapplicableTo(evidence).isEmpty())
                        .map(requirement -> requirement.id() + " "
                                + evidence.topology().name() + " "
                                + requirement.judge(evidence).checks()))
                .toList();

        List<String> judged = Judgement.prepare(directory, all).verdicts().stream()
                .map(one -> one.requirement() + " " + one.topology() + " "
                        + one.verdict().checks())
                .toList();

        assertThat(judged).containsExactlyInAnyOrderElementsOf(expected);
    }
}
