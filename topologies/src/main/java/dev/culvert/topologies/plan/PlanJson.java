package dev.culvert.topologies.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.culvert.topologies.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A plan for programs: {@code topology}, {@code modules}, and {@code steps} in order, each with its argument list. */
public final class PlanJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private PlanJson() {}

    /** The text of the JSON object. A link's command names the far network namespace by its place. */
    public static String of(Topology topology, Plan plan) {
        return of(topology, plan, Step::argvByName);
    }

    /** The same with other words than those of a command in {@code argv}. */
    public static String of(Topology topology, Plan plan, Function<Step, List<String>> words) {
        List<StepJson> steps = new ArrayList<>();
        for (Step step : plan.steps()) {
            steps.add(new StepJson(steps.size() + 1, step.place().id(), step.purpose(), words.apply(step)));
        }
        try {
            return JSON.writeValueAsString(new PlanOfTopology(topology.name(), topology.modules(), steps));
        } catch (JsonProcessingException e) {
            throw new AssertionError("text and numbers can always be written", e);
        }
    }

    record PlanOfTopology(String topology, List<String> modules, List<StepJson> steps) {}

    record StepJson(int number, String place, String purpose, List<String> argv) {}
}
