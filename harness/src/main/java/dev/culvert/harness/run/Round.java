package dev.culvert.harness.run;

import dev.culvert.topologies.Topology;
import java.util.List;

/**
 * Topologies that are shared out among labs.
 *
 * @param topologies in the order in which they are taken up
 * @param labs how many labs there are at the same time
 */
record Round(List<Topology> topologies, int labs) {

    Round {
        topologies = List.copyOf(topologies);
        labs = Math.min(labs, topologies.size());
    }
}
