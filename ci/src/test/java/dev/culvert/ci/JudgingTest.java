package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Requirements;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgingTest {

    private static final Path RECORDED = Path.of("../conformance-tests/src/test/resources/evidence/6.12");
    private static final List<Topology> TOPOLOGIES = List.of(Topologies.named("ipip-routed"), Topologies.named("gre"));

    @TempDir
    Path empty;

    @Test
    void judgesEachTopologyOnceAndGivesAllInTheirOrder() {
        Judging judging = new Judging(RECORDED, TOPOLOGIES, requirements());
        judging.judge("gre");

        List<Judged> judged = judging.all();

        assertThat(judged).extracting(one -> one.observed().name()).containsExactly("ipip-routed", "gre");
        assertThat(judged)
                .allSatisfy(one -> assertThat(one.verdicts())
                        .isNotEmpty()
                        .allSatisfy(verdict -> assertThat(verdict.topology())
                                .isEqualTo(one.observed().name())));
        assertThat(judging.all())
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .isEqualTo(judged);
    }

    @Test
    void saysWhichEvidenceCannotBeRead() {
        Judging judging = new Judging(empty, TOPOLOGIES, requirements());

        assertThatThrownBy(judging::all)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the evidence of this run cannot be read")
                .hasMessageContaining(empty.toString());
    }

    private static FutureTask<List<RequirementInfo>> requirements() {
        return new FutureTask<>(Requirements::all);
    }
}
