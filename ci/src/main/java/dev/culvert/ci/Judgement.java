package dev.culvert.ci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.conformance.JudgedRequirement;
import dev.culvert.conformance.ObservedTopologies;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Requirements;
import dev.culvert.conformance.VerdictExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the conformance classes on recorded evidence through the JUnit Platform, as Failsafe and an IDE do. */
final class Judgement {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Judgement() {}

    /** The verdicts of the selected requirements on every evidence directory below {@code evidence}. */
    static List<JudgedRequirement> of(Path evidence, List<RequirementInfo> selected) {
        Set<String> methods = selected.stream()
                .map(r -> r.method().getDeclaringClass().getName() + "#"
                        + r.method().getName())
                .collect(Collectors.toSet());
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Requirements.sections().stream()
                        .map(DiscoverySelectors::selectClass)
                        .toList())
                .filters(only(methods))
                .configurationParameter(ObservedTopologies.EVIDENCE, evidence.toString())
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build();
        Verdicts verdicts = new Verdicts();
        LauncherFactory.create(config).execute(request, verdicts);
        return verdicts.judged;
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

    private static final class Verdicts implements TestExecutionListener {

        private final List<JudgedRequirement> judged = new ArrayList<>();

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            String json = entry.getKeyValuePairs().get(VerdictExtension.ENTRY);
            if (json != null) {
                try {
                    judged.add(JSON.readValue(json, JudgedRequirement.class));
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException("a verdict was published in an unknown form", e);
                }
            }
        }
    }
}
