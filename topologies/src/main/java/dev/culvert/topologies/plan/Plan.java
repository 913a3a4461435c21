package dev.culvert.topologies.plan;

import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;

/** What the places of a topology are told, in order. */
public record Plan(List<Step> steps) {

    public Plan {
        steps = List.copyOf(steps);
    }

    /** How empty servers become a topology. */
    public static Plan of(Topology topology, Offloads offloads) {
        return new Setup(topology, offloads).plan();
    }

    /** How the servers of a topology become empty again, so that another topology can follow. */
    public static Plan teardown(Topology topology) {
        return new Teardown(topology).plan();
    }

    /** How the offloads of every device of a topology that is up are switched. */
    public static Plan switching(Topology topology, Offloads offloads) {
        return OffloadSteps.everywhere(topology, offloads);
    }

    /** The steps of one place, in order. */
    public List<Step> at(Place place) {
        return steps.stream().filter(step -> step.place() == place).toList();
    }
}
