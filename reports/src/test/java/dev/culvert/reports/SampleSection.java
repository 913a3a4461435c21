package dev.culvert.reports;

import dev.culvert.conformance.ConformanceTest;
import dev.culvert.conformance.Judge;
import dev.culvert.conformance.Level;
import dev.culvert.conformance.Requirement;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Trait;
import dev.culvert.harness.evidence.Evidence;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Disabled;

/** Requirements to report on. They are never judged: each test says what the verdict was. */
@Disabled("samples are not judged")
@ConformanceTest("RFC 2003 section 3.1, the outer header")
public final class SampleSection {

    SampleSection(Evidence evidence) {
        throw new UnsupportedOperationException("samples are not judged: " + evidence);
    }

    @Requirement(
            id = "SAMPLE-TTL",
            level = Level.MUST,
            source = "RFC 2003 section 3.1",
            sentence = "The outer ttl is enough to reach the exit.",
            provoked = "a ping through the tunnel",
            observed = "outer byte 8 on A's underlay",
            tags = "header")
    void ttl(Judge judge) {}

    @Requirement(
            id = "SAMPLE-TOS",
            level = Level.SHOULD,
            source = "RFC 2003 section 3.1",
            sentence = "The outer TOS is the inner one.",
            provoked = "inner TOS 0xb8",
            observed = "outer byte 1 on A's underlay",
            needs = Trait.ROUTER)
    void tos(Judge judge) {}

    /** The requirement of that id. */
    public static RequirementInfo requirement(String id) {
        return all().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
    }

    public static List<RequirementInfo> all() {
        return Arrays.stream(SampleSection.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Requirement.class))
                .map(method -> new RequirementInfo(
                        method.getAnnotation(Requirement.class),
                        SampleSection.class.getAnnotation(ConformanceTest.class).value(),
                        method))
                .sorted((one, other) -> other.id().compareTo(one.id()))
                .toList();
    }
}
