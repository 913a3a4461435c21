package dev.culvert.topologies.plan;

import java.util.List;
import java.util.stream.Collectors;

/** A stack of MPLS labels as {@code ip route} writes it. */
final class Labels {

    private Labels() {}

    /** The labels outermost first, {@code 100/200}. */
    static String stack(List<Integer> labels) {
        return labels.stream().map(String::valueOf).collect(Collectors.joining("/"));
    }
}
