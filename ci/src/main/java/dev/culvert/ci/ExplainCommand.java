package dev.culvert.ci;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Requirements;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains one requirement. */
@Command(
        name = "explain",
        description = "Explains one requirement: its source, level and sentence, how it is provoked and observed.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The requirement's id.")
    String id;

    @Option(names = "--json", description = "As JSON, for programs.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        RequirementInfo requirement = Requirements.find(id)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "no requirement is called \"" + id + "\"; `culvert list` names them all"));
        if (json) {
            spec.commandLine()
                    .getOut()
                    .println(JsonMapper.builder()
                            .build()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(RequirementText.json(requirement)));
        } else {
            RequirementText.print(requirement, spec.commandLine().getOut());
        }
        return ExitCode.OK;
    }
}
