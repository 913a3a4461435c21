package dev.culvert.ci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.conformance.JudgedRequirement;
import dev.culvert.conformance.ObservedTopologies;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Requirements;
import dev.culvert.conformance.VerdictExtension;
import dev.culvert.harness.evidence.EvidenceException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the conformance classes on recorded evidence through the JUnit Platform, as Failsafe and an IDE do. Finding the tests takes as long as
 * running those of one topology, and can be done before there is evidence.
 */
final class Judgement {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Launcher launcher;
    private final TestPlan plan;

    private Judgement(Launcher launcher, TestPlan plan) {
        this.launcher = launcher;
        this.plan = plan;
    }

    /** Finds the tests of the selected requirements, for the evidence directories that will be below {@code evidence}. */
    static Judgement prepare(Path evidence, List<RequirementInfo> selected) {
        Set<String> methods = selected.stream()
                .map(r -> r.method().getDeclaringClass().getName() + "#"
                        + r.method().getName())
                .collect(Collectors.toSet());
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selected.stream()
                        .<Class<?>>map(requirement -> requirement.method().getDeclaringClass())
                        .distinct()
                        .map(DiscoverySelectors::selectClass)
                        .toList())
                .filters(only(methods))
                .configurationParameter(ObservedTopologies.EVIDENCE, evidence.toString())
                // Evidence does not change, so classes can judge it side by side.
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build();
        Launcher launcher = LauncherFactory.create(config);
        return new Judgement(launcher, launcher.discover(request));
    }

    /** The verdicts on all the evidence that there is now; to be asked for once. */
    List<JudgedRequirement> verdicts() {
        Verdicts verdicts = new Verdicts();
        launcher.execute(plan, verdicts);
        return verdicts.all();
    }

    private static PostDiscoveryFilter only(Set<String> methods) {
        return descriptor -> descriptor
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(source ->
                        FilterResult.includedIf(methods.contains(source.getClassName() + "#" + source.getMethodName())))
                .orElseGet(() -> FilterResult.included("not a requirement"));
    }

    /** Collects what {@link VerdictExtension} publishes. A failure without a verdict is a failure to judge, never silence. */
    private static final class Verdicts implements TestExecutionListener {

        private final Map<String, JudgedRequirement> byTest = new ConcurrentHashMap<>();
        private volatile @Nullable Throwable failure;

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            String json = entry.getKeyValuePairs().get(VerdictExtension.ENTRY);
            if (json != null) {
                try {
                    byTest.put(test.getUniqueId(), JSON.readValue(json, JudgedRequirement.class));
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException("a verdict was published in an unknown form", e);
                }
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED && !byTest.containsKey(test.getUniqueId())) {
                failure = result.getThrowable().orElseGet(() -> new IllegalStateException(test.getDisplayName()));
            }
        }

        List<JudgedRequirement> all() {
            Throwable why = failure;
            if (why instanceof EvidenceException unusable) {
                throw unusable;
            }
            if (why != null) {
                throw new IllegalStateException("the requirements could not be judged: " + why, why);
            }
            List<String> order =
                    Requirements.all().stream().map(RequirementInfo::id).toList();
            return byTest.values().stream()
                    .sorted(Comparator.comparingInt((JudgedRequirement judged) -> order.indexOf(judged.requirement()))
                            .thenComparing(JudgedRequirement::topology))
                    .toList();
        }
    }
}
