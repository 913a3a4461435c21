package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.EvidenceDirectory;
import dev.culvert.harness.lab.LabException;
import dev.culvert.harness.run.Observation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Gives each conformance class the evidence of every observed topology. The configuration parameter {@value #EVIDENCE} names a
 * directory of evidence directories; without it the topologies are observed now, once for all classes, as
 * {@link Observation#fromSystemProperties()} says. Thus an IDE's run button and Failsafe do what the command line does.
 */
public final class ObservedTopologies implements ArgumentsProvider {

    /** Configuration parameter: the directory that holds one evidence directory per topology. */
    public static final String EVIDENCE = "culvert.evidence";

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ObservedTopologies.class);

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return context
                .getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(EVIDENCE, key -> new Recorded(read(context)), Recorded.class)
                .evidence()
                .stream()
                .map(evidence -> Arguments.argumentSet(evidence.topology().name(), evidence));
    }

    private static List<Evidence> read(ExtensionContext context) {
        Optional<Path> recorded = context.getConfigurationParameter(EVIDENCE).map(Path::of);
        return EvidenceDirectory.readAll(recorded.orElseGet(ObservedTopologies::observe));
    }

    private static Path observe() {
        try {
            return Observation.fromSystemProperties().observe();
        } catch (LabException e) {
            throw new IllegalStateException("nothing can be judged, because no lab can be had", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topologies were observed", e);
        }
    }

    /** What the root store keeps for all classes of a run. */
    private record Recorded(List<Evidence> evidence) {}
}
