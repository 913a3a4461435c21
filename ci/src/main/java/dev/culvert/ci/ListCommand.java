package dev.culvert.ci;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the bundled topologies and the requirements. */
@Command(
        name = "list",
        description = "Lists the bundled topologies and the requirements.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    Selection selection;

    @Option(names = "--json", description = "As JSON, for programs.")
    boolean json;

    @Option(names = "--kinds", description = "The tunnel kinds instead, with their options, as a Markdown table.")
    boolean kinds;

    @Override
    public Integer call() throws IOException {
        List<Topology> topologies = Topologies.bundled();
        List<RequirementInfo> requirements = selection.requirements();
        PrintWriter out = spec.commandLine().getOut();
        if (kinds) {
            out.println(KindsTable.markdown());
            return ExitCode.OK;
        }
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("topologies", topologies.stream().map(ListCommand::json).toList());
            all.put(
                    "requirements",
                    requirements.stream().map(RequirementText::json).toList());
            out.println(JsonMapper.builder()
                    .build()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(all));
            return ExitCode.OK;
        }
        out.println("Topologies");
        topologies.forEach(t -> out.printf("  %-14s %s%n", t.name(), t.title()));
        String section = "";
        for (RequirementInfo requirement : requirements) {
            if (!requirement.section().equals(section)) {
                section = requirement.section();
                out.printf("%n%s%n", section);
            }
            out.printf(
                    "  %-30s %-10s %s%n",
                    requirement.id(),
                    requirement.text().level().words(),
                    requirement.text().sentence());
        }
        out.printf(
                "%n%d topologies, %d requirements. `culvert explain ID` says more of one.%n",
                topologies.size(), requirements.size());
        return ExitCode.OK;
    }

    private static Map<String, Object> json(Topology topology) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("name", topology.name());
        text.put("kind", topology.kind().name());
        text.put("title", topology.title());
        text.put("tags", topology.tags());
        return text;
    }
}
