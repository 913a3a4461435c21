package dev.culvert.topologies.plan;

import dev.culvert.topologies.Place;
import java.util.List;

/** A command to run in the network namespace of a place, without a shell. */
public record RunStep(Place place, List<String> argv, String purpose) implements Step {

    public RunStep {
        argv = List.copyOf(argv);
    }

    @Override
    public List<String> argvByName() {
        return argv;
    }
}
