package dev.culvert.topologies.plan;

import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A plan for people: what each place is told, place by place, numbered in the order over all places. */
public final class PlanText {

    private static final int COLUMNS = 100;
    private static final String INDENT = " ".repeat(6);

    private PlanText() {}

    /** The text, ending in a line feed. A link's command names the far network namespace by its place. */
    public static String of(Topology topology, Plan plan) {
        return of(topology, plan, Step::argvByName, ShellWords::quote);
    }

    /**
     * The same in other words than those of a shell.
     *
     * @param words what a step is told
     * @param written how one of them is written
     */
    public static String of(
            Topology topology, Plan plan, Function<Step, List<String>> words, UnaryOperator<String> written) {
        StringBuilder text = new StringBuilder();
        text.append(topology.name()).append(": ").append(topology.title()).append('\n');
        text.append("kernel modules: ")
                .append(String.join(", ", topology.modules()))
                .append('\n');
        for (Place place : topology.places()) {
            text.append('\n').append(heading(place)).append('\n');
            List<Step> steps = plan.steps();
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i).place() == place) {
                    text.append(String.format("%4d  # %s\n", i + 1, steps.get(i).purpose()));
                    text.append(ShellWords.lines(words.apply(steps.get(i)), written, INDENT, COLUMNS))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    private static String heading(Place place) {
        return place.isNamespace()
                ? place.id() + " (a network namespace within " + place.server().id() + ")"
                : place.id();
    }
}
