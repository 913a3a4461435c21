package dev.culvert.topologies.plan;

import dev.culvert.topologies.Place;
import java.util.List;

/** A change to the network namespace of a place. */
public record ChangeStep(Place place, Change change, String purpose) implements Step {

    @Override
    public List<String> argvByName() {
        return change.argv();
    }
}
