package dev.culvert.ci;

import dev.culvert.conformance.RequirementInfo;
import dev.culvert.harness.evidence.EvidenceDirectory;
import dev.culvert.harness.evidence.EvidenceException;
import dev.culvert.reports.result.Observed;
import dev.culvert.topologies.Topology;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Judges the topologies of a run, each once, whoever asks for it first: when it has been observed, or when all have. */
final class Judging {

    private final Map<String, FutureTask<Judged>> tasks = new LinkedHashMap<>();

    /**
     * Prepares to judge; nothing is read yet.
     *
     * @param evidence the directory that has one of evidence for each topology, under its name
     * @param selected the requirements
     */
    Judging(Path evidence, List<Topology> topologies, FutureTask<List<RequirementInfo>> selected) {
        for (Topology topology : topologies) {
            Path directory = evidence.resolve(topology.name());
            tasks.put(topology.name(), new FutureTask<>(() -> judge(directory, done(selected))));
        }
    }

    /** Judges a topology whose evidence is written. */
    void judge(String topology) {
        tasks.get(topology).run();
    }

    /** Judges what is left, side by side, and gives all in the order of the topologies. */
    List<Judged> all() {
        return tasks.values().parallelStream().map(Judging::done).toList();
    }

    private static Judged judge(Path directory, List<RequirementInfo> requirements) {
        try {
            Observed observed = new Observed(EvidenceDirectory.read(directory), directory);
            return new Judged(observed, Judgement.of(observed, requirements));
        } catch (EvidenceException e) {
            // Nobody gave it to us: we have just written it.
            throw new IllegalStateException("the evidence of this run cannot be read: " + e.getMessage(), e);
        }
    }

    private static <T> T done(FutureTask<T> task) {
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a topology was judged", e);
        }
    }
}
