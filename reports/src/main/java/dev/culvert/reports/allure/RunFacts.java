package dev.culvert.reports.allure;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.harness.evidence.KernelIdentity;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** What Allure shows of a run as a whole: the environment, the categories of what did not pass, and which run it is. */
final class RunFacts {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final List<Category> CATEGORIES = List.of(
            new Category("The kernel or the configuration is wrong", List.of("failed"), "(?s)FAIL.*"),
            new Category("Culvert could not observe", List.of("broken"), ".*"),
            new Category("Known deviations of Linux from the RFC", List.of("passed", "failed"), "(?s)DEVIATES.*"),
            new Category("This kernel or host lacks something", List.of("skipped"), ".*"));

    private RunFacts() {}

    private record Category(String name, List<String> matchedStatuses, String messageRegex) {}

    static void write(RunResult result, Path directory) throws IOException {
        Properties environment = new Properties();
        environment.setProperty("kernel", result.kernels());
        environment.setProperty(
                "kernel version",
                result.observed().stream()
                        .map(o -> o.evidence().manifest().kernel())
                        .map(KernelIdentity::version)
                        .distinct()
                        .collect(Collectors.joining(", ")));
        environment.setProperty("lab", result.labs());
        environment.setProperty("configurator", result.configurators());
        environment.setProperty(
                "topologies", result.observed().stream().map(Observed::name).collect(Collectors.joining(", ")));
        environment.setProperty("strict", Boolean.toString(result.strict()));
        try (OutputStream out = Files.newOutputStream(directory.resolve("environment.properties"))) {
            environment.store(out, null);
        }
        JSON.writeValue(directory.resolve("categories.json").toFile(), CATEGORIES);
        int build = AllureHistory.nextBuild(directory);
        JSON.writeValue(
                directory.resolve("executor.json").toFile(),
                Map.of(
                        "name",
                        "Culvert",
                        "type",
                        "culvert",
                        "buildOrder",
                        build,
                        "buildName",
                        "run " + build + ", kernel " + result.kernels()));
    }
}
