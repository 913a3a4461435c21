package dev.culvert.topologies.plan;

import dev.culvert.topologies.Place;
import java.util.List;

/**
 * A command that is started in the network namespace of a place, without a shell, and goes on for as long as the topology is up.
 *
 * @param ready what it prints, in a line of its own, once it does what it is there for
 */
public record ServeStep(Place place, List<String> argv, String ready, String purpose) implements Step {

    public ServeStep {
        argv = List.copyOf(argv);
    }

    @Override
    public List<String> argvByName() {
        return argv;
    }
}
