package dev.culvert.conformance;

import dev.culvert.harness.evidence.BulkCapture;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.EvidenceDirectory;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures how long the framing of bulk traffic takes to judge, for each topology whose throughput a run has measured. Started by {@code
 * ci/figures/kinds.sh}; not a test.
 */
public final class BulkFigures {

    private static final String FRAMING = "BULK-FRAMING";
    private static final int ROUNDS = 25;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private BulkFigures() {}

    /** Takes one argument: the evidence directory of a run. */
    public static void main(String[] arguments) {
        RequirementInfo framing = Requirements.find(FRAMING).orElseThrow();
        List<Evidence> measured = EvidenceDirectory.readAll(Path.of(arguments[0])).stream()
                .filter(evidence -> framing.inapplicableTo(evidence).isEmpty())
                .toList();
        if (measured.isEmpty()) {
            throw new IllegalArgumentException(arguments[0] + ": no throughput was measured there");
        }
        measured.forEach(evidence -> System.out.printf(
                "judging bulk traffic of %s, each of %d packets\t%.3f\tus\t0.25%n",
                evidence.topology().name(), packets(evidence), micros(framing, evidence)));
    }

    /** The processor time of the best of several rounds: the first ones are compiled on the way. */
    private static double micros(RequirementInfo framing, Evidence evidence) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begun = CLOCK.getCurrentThreadCpuTime();
            Verdict verdict = framing.judge(evidence);
            best = Math.min(best, (double) (CLOCK.getCurrentThreadCpuTime() - begun));
            if (verdict.outcome() == Outcome.BROKEN) {
                throw new IllegalStateException(evidence.topology().name() + ": " + verdict.because());
            }
        }
        return best / 1000 / packets(evidence);
    }

    private static long packets(Evidence evidence) {
        return evidence.bulk().stream()
                .filter(capture -> capture.run().startsWith("tunnel-"))
                .map(BulkCapture::count)
                .mapToLong(count -> count.captured())
                .sum();
    }
}
