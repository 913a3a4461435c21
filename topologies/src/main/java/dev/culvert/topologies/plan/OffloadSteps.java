package dev.culvert.topologies.plan;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;

/** How checksum and segmentation offloads are switched. */
final class OffloadSteps {

    private OffloadSteps() {}

    /** Switches every device of a topology that is up. */
    static Plan everywhere(Topology topology, Offloads offloads) {
        Steps steps = new Steps();
        topology.ports().forEach(end -> steps.add(step(end.place(), end.device(), offloads)));
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            steps.add(step(endpoint.place(), endpoint.tunnel().device(), offloads));
        }
        return steps.plan();
    }

    static RunStep step(Place place, String device, Offloads offloads) {
        String word = offloads.word();
        return new RunStep(
                place,
                List.of("ethtool", "-K", device, "tx", word, "sg", word, "tso", word, "gso", word, "gro", word),
                "checksum and segmentation offloads " + word);
    }
}
