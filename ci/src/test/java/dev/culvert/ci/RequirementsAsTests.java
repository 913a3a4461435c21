package dev.culvert.ci;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.culvert.conformance.ObservedTopologies;
import dev.culvert.conformance.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs conformance classes as JUnit tests, side by side.
 *
 * @param evidence holds one evidence directory for each topology
 */
record RequirementsAsTests(Path evidence) {

    /** How the tests ended, by id of the requirement and name of the topology; those that do not apply are left out. */
    Map<String, TestExecutionResult> run(List<Class<?>> sections) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        sections.stream().map(section -> selectClass(section)).toList())
                .configurationParameter(ObservedTopologies.EVIDENCE, evidence.toString())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .build();
        Ends ends = new Ends();
        LauncherFactory.create().execute(request, ends);
        return ends.byTest;
    }

    private static final class Ends implements TestExecutionListener {

        private final Map<String, TestExecutionResult> byTest = new ConcurrentHashMap<>();
        private volatile Optional<TestPlan> plan = Optional.empty();

        @Override
        public void testPlanExecutionStarted(TestPlan started) {
            plan = Optional.of(started);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() && !doesNotApply(result)) {
                byTest.put(
                        requirement(test) + " "
                                + plan.flatMap(p -> p.getParent(test))
                                        .orElseThrow()
                                        .getDisplayName(),
                        result);
            }
        }

        private static boolean doesNotApply(TestExecutionResult result) {
            return result.getStatus() == TestExecutionResult.Status.ABORTED
                    && result.getThrowable()
                            .filter(why -> String.valueOf(why.getMessage()).contains(" does not apply to "))
                            .isPresent();
        }

        private static String requirement(TestIdentifier test) {
            MethodSource source = (MethodSource) test.getSource().orElseThrow();
            return source.getJavaMethod().getAnnotation(Requirement.class).id();
        }
    }
}
