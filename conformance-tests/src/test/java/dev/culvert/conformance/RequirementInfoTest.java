package dev.culvert.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Family;
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

    @Test
    void takesFromItsClassWhatItDoesNotSayItself() {
        RequirementInfo requirement = Requirements.find("SEC-TINY-IPV6").orElseThrow();

        assertThat(requirement.outside()).containsExactly(Family.IPV6);
        assertThat(requirement.inside()).containsExactly(Family.IPV4, Family.IPV6);
        assertThat(requirement.kinds()).containsExactly("ip6tnl");
        assertThat(requirement.needs()).isEmpty();
    }

    @Test
    void speaksOfIpipAndIpv4WhereNobodySaysAnything() {
        RequirementInfo requirement =
                Requirements.find("RFC2003-4.1-PORT-UNREACH").orElseThrow();

        assertThat(requirement.inside()).containsExactly(Family.IPV4);
        assertThat(requirement.outside()).containsExactly(Family.IPV4);
        assertThat(requirement.kinds()).containsExactly("ipip");
    }
}
