package dev.culvert.ci;

import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Requirements;
import dev.culvert.harness.lab.KernelChoice;
import dev.culvert.harness.lab.LabCache;
import dev.culvert.harness.run.LabKind;
import dev.culvert.harness.run.Observation;
import dev.culvert.harness.run.ObservationRequest;
import dev.culvert.reports.ReportOptions;
import dev.culvert.reports.result.RunResult;
import dev.culvert.topologies.Topology;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Does the main job: brings topologies up, judges them, writes the report. */
@Command(
        name = "run",
        description = "Brings topologies up on the kernel under test, judges every requirement and writes the report.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private static final int MOST_BY_DEFAULT = 6;

    @Spec
    CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "TOPOLOGY",
            description = "Names of bundled topologies, or topology files. Default: every bundled one.")
    List<String> names = List.of();

    @Mixin
    Selection selection;

    @Mixin
    LabOptions labOptions;

    @Mixin
    KernelOptions kernelOptions;

    @Mixin
    ConfiguratorOption configuratorOption;

    @Mixin
    ReportTarget target;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "How many labs work side by side (default: half as many again as there are processors, six at most; then one"
                            + " for what throughput is measured of, so that nothing goes on beside it; with --lab docker one).")
    @Nullable
    Integer workers;

    @Option(
            names = "--throughput",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Measure throughput as well (default: yes; with every bundled topology, of each kind's plain one).")
    boolean throughput;

    @Override
    public Integer call() throws Exception {
        if (workers != null && workers < 1) {
            throw new ParameterException(spec.commandLine(), "--workers: \"" + workers + "\" is not 1 or more");
        }
        Instant started = Instant.now();
        List<Topology> topologies = new TopologyArguments(spec).resolve(names, selection.kinds());
        selection.check(topologies);
        KernelChoice kernel = kernelOptions.choice();
        Path evidence = target.freshEvidence();
        ObservationRequest request = new ObservationRequest(
                topologies,
                labOptions.lab,
                kernel,
                configuratorOption.by,
                workers == null
                        ? defaultWorkers(labOptions.lab, Runtime.getRuntime().availableProcessors())
                        : workers,
                workers == null ? 1 : workers,
                this::isMeasured,
                evidence);
        ReportOptions options = ReportOptions.defaults();
        FutureTask<List<RequirementInfo>> selected = new FutureTask<>(() -> {
            options.getReady();
            return selection.requirements();
        });
        Judging judging = new Judging(evidence, topologies, selected);
        // What is measured would be slowed down.
        Set<String> undisturbed = request.besideMeasurements();
        try (ConsoleProgress progress = ConsoleProgress.on(spec.commandLine());
                Meanwhile meanwhile = new Meanwhile(progress, selected, topology -> {
                    if (!undisturbed.contains(topology)) {
                        judging.judge(topology);
                    }
                })) {
            new Observation(request, LabCache.ofUser(System.getenv()), meanwhile).observe();
        }
        List<Judged> judged = judging.all();
        return target.publish(
                new RunResult(
                        judged.stream().map(Judged::observed).toList(),
                        Requirements.all(),
                        judged.stream()
                                .flatMap(each -> each.verdicts().stream())
                                .toList(),
                        started,
                        Instant.now(),
                        target.strict),
                options,
                spec.commandLine());
    }

    /**
     * A lab waits a good part of its time, for its packets to come to rest and for its worker, so more of them than processors finish
     * earlier. More than a few are for who knows that there is memory for them: each takes up to 1.5 GiB.
     */
    static int defaultWorkers(LabKind lab, int processors) {
        return lab == LabKind.DOCKER ? 1 : Math.min(processors + processors / 2, MOST_BY_DEFAULT);
    }

    /** Variants of a tunnel are as fast as the plain one: they are measured when they are asked for. */
    private boolean isMeasured(Topology topology) {
        return throughput && (!names.isEmpty() || topology.isPlain());
    }
}
