package dev.culvert.topologies.plan;

import dev.culvert.topologies.Place;

/** One thing that a place is told. */
public sealed interface Step permits RunStep, LinkStep {

    /** Where it is done. */
    Place place();

    /** Why, in a few words. */
    String purpose();
}
