package dev.culvert.ci;

import dev.culvert.conformance.JudgedRequirement;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Requirements;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.EvidenceDirectory;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges recorded evidence again, without a lab. */
@Command(
        name = "check",
        description = "Judges recorded evidence again, without a lab.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(
            paramLabel = "EVIDENCE-DIR",
            description = "The evidence of one topology, or a directory of several, as `run` writes it.")
    Path evidence;

    @Mixin
    Selection selection;

    @Mixin
    ReportTarget target;

    @Override
    public Integer call() throws Exception {
        Instant started = Instant.now();
        List<RequirementInfo> requirements = selection.requirements();
        Path root = evidence.toAbsolutePath().normalize();
        List<Observed> observed = EvidenceDirectory.readAll(root).stream()
                .map(found -> new Observed(found, directoryOf(root, found)))
                .toList();
        selection.refuseNothingToJudge(
                requirements,
                observed.stream().map(o -> o.evidence().topology()).toList());
        List<JudgedRequirement> judged = Judgement.of(root, requirements);
        return target.publish(
                new RunResult(observed, Requirements.all(), judged, started, Instant.now(), target.strict),
                spec.commandLine());
    }

    private static Path directoryOf(Path root, Evidence found) {
        Path below = root.resolve(found.topology().name());
        return Files.isDirectory(below) ? below : root;
    }
}
