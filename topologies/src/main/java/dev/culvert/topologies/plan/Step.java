package dev.culvert.topologies.plan;

import dev.culvert.topologies.Place;
import java.util.List;

/** One thing that a place is told. */
public sealed interface Step permits RunStep, ServeStep, LinkStep, ChangeStep {

    /** Where it is done. */
    Place place();

    /** The command where network namespaces go by the names of the places, as in {@link Repro}. */
    List<String> argvByName();

    /** Why, in a few words. */
    String purpose();
}
