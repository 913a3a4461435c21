package dev.culvert.ci;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.harness.lab.KernelChoice;
import dev.culvert.harness.lab.KernelContents;
import dev.culvert.harness.lab.LabCache;
import dev.culvert.topologies.Topology;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the bundled topologies and the requirements. */
@Command(
        name = "list",
        description = {
            "Lists the bundled topologies and the requirements. With a kernel: which kinds and topologies it supports and what it lacks for the "
                    + "others, known from its files; nothing is booted."
        },
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    Selection selection;

    @Mixin
    KernelOptions kernelOptions;

    @Option(names = "--json", description = "As JSON, for programs.")
    boolean json;

    @Option(names = "--kinds", description = "The tunnel kinds instead, with their options, as a Markdown table.")
    boolean kinds;

    @Override
    public Integer call() throws IOException {
        List<Topology> topologies = new TopologyArguments(spec).resolve(List.of(), selection.kinds());
        List<RequirementInfo> requirements = selection.requirements();
        PrintWriter out = spec.commandLine().getOut();
        if (kinds) {
            out.println(KindsTable.markdown());
            return ExitCode.OK;
        }
        Optional<SupportText> support = support();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            support.ifPresent(kernel -> all.put("kernel", kernel.json()));
            all.put("topologies", topologies.stream().map(t -> json(t, support)).toList());
            all.put(
                    "requirements",
                    requirements.stream().map(RequirementText::json).toList());
            out.println(JsonMapper.builder()
                    .build()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(all));
            return ExitCode.OK;
        }
        if (support.isPresent()) {
            support.get().print(topologies, out);
            return ExitCode.OK;
        }
        out.println("Topologies");
        int longest = topologies.stream().mapToInt(t -> t.name().length()).max().orElseThrow();
        topologies.forEach(t ->
                out.println("  " + t.name() + " ".repeat(longest + 2 - t.name().length()) + t.title()));
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

    /** What the kernel that was asked for supports; empty when none was. Nothing is booted, built or fetched. */
    private Optional<SupportText> support() {
        if (!kernelOptions.given()) {
            return Optional.empty();
        }
        KernelChoice choice = kernelOptions.choice();
        return Optional.of(
                new SupportText(kernelOptions.kernel, KernelContents.of(choice, LabCache.ofUser(System.getenv()))));
    }

    private static Map<String, Object> json(Topology topology, Optional<SupportText> support) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("name", topology.name());
        text.put("kind", topology.kind().name());
        text.put("title", topology.title());
        text.put("tags", topology.tags());
        support.ifPresent(kernel -> text.putAll(kernel.json(topology)));
        return text;
    }
}
