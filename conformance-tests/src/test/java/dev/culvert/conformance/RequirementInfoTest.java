package dev.culvert.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequirementInfoTest {

    private static final List<String> NAMES =
            Kinds.all().stream().map(Kind::name).toList();

    @Test
    void speaksOfEveryKindThereIs() {
        assertThat(Requirements.find("KERNEL-HEALTH").orElseThrow().kinds()).isEqualTo(NAMES);
    }

    @Test
    void speaksOfKindsThatExist() {
        assertThat(Requirements.all())
                .allSatisfy(requirement -> assertThat(requirement.kinds())
                        .as(requirement.id())
                        .isNotEmpty()
                        .isSubsetOf(NAMES)
                        .doesNotHaveDuplicates());
    }
}
