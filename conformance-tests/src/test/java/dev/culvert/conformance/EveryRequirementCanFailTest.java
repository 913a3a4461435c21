package dev.culvert.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.culvert.harness.evidence.Evidence;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.commons.support.ReflectionSupport;

/** Recorded good evidence satisfies every requirement, and evidence damaged in its one respect makes each of them FAIL. */
class EveryRequirementCanFailTest {

    private static final List<Method> DAMAGES =
            ReflectionSupport.findAllClassesInPackage(
                            "dev.culvert.conformance", type -> true, n -> n.endsWith("Damage"))
                    .stream()
                    .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                    .filter(method -> method.isAnnotationPresent(DamageOf.class))
                    .toList();

    @Test
    void everyRequirementHasEvidenceThatMakesItFail() {
        Set<String> damaged = DAMAGES.stream()
                .map(method -> method.getAnnotation(DamageOf.class).value())
                .collect(Collectors.toSet());
        Set<String> known = Requirements.all().stream().map(RequirementInfo::id).collect(Collectors.toSet());

        assertThat(damaged).containsExactlyInAnyOrderElementsOf(known);
    }

    @TestFactory
    Stream<DynamicTest> damagedEvidenceFails() {
        return RecordedEvidence.kernels().stream()
                .flatMap(kernel -> DAMAGES.stream()
                        .map(method -> dynamicTest(
                                kernel + " "
                                        + method.getAnnotation(DamageOf.class).value() + " " + method.getName(),
                                () -> fails(kernel, method))));
    }

    @TestFactory
    Stream<DynamicTest> goodEvidenceSatisfies() {
        return RecordedEvidence.kernels().stream()
                .flatMap(kernel -> RecordedEvidence.on(kernel).values().stream()
                        .flatMap(evidence -> Requirements.all().stream()
                                .filter(r -> r.inapplicableTo(evidence).isEmpty())
                                .map(r -> dynamicTest(
                                        kernel + " " + evidence.topology().name() + " " + r.id(),
                                        () -> assertThat(r.judge(evidence))
                                                .extracting(Verdict::outcome)
                                                .as(r.judge(evidence).because())
                                                .isIn(Outcome.PASS, Outcome.DEVIATES)))));
    }

    private static void fails(String kernel, Method method) throws ReflectiveOperationException {
        DamageOf damage = method.getAnnotation(DamageOf.class);
        Evidence good = RecordedEvidence.on(kernel).get(damage.topology());
        RequirementInfo requirement = Requirements.find(damage.value()).orElseThrow();
        assertThat(requirement.inapplicableTo(good)).isEmpty();
        assertThat(requirement.judge(good).outcome()).isIn(Outcome.PASS, Outcome.DEVIATES);
        method.setAccessible(true);

        Verdict verdict = requirement.judge((Evidence) method.invoke(null, good));

        assertThat(verdict.outcome()).as(verdict.because()).isEqualTo(Outcome.FAIL);
    }
}
