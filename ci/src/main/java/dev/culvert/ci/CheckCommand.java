package dev.culvert.ci;

import dev.culvert.conformance.JudgedRequirement;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Requirements;
import dev.culvert.reports.ReportOptions;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
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
            arity = "1..*",
            paramLabel = "EVIDENCE-DIR",
            description =
                    "The report of a run, its evidence, or the evidence of one topology. Those of several kernels become one report.")
    List<Path> directories = List.of();

    @Mixin
    Selection selection;

    @Mixin
    ReportTarget target;

    @Override
    public Integer call() throws Exception {
        Instant started = Instant.now();
        List<RequirementInfo> requirements = selection.requirements();
        List<Observed> observed = EvidenceArguments.read(directories);
        selection.refuseNothingToJudge(
                requirements,
                observed.stream().map(o -> o.evidence().topology()).toList());
        List<JudgedRequirement> judged = Judgement.of(observed, requirements);
        return target.publish(
                new RunResult(observed, Requirements.all(), judged, started, Instant.now(), target.strict),
                ReportOptions.defaults(),
                spec.commandLine());
    }
}
