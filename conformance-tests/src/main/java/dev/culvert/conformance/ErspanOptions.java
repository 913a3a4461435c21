package dev.culvert.conformance;

import dev.culvert.topologies.Topology;

/** What the options of A's device say of its ERSPAN header. */
final class ErspanOptions {

    private ErspanOptions() {}

    /** The number that an option has, given or not. */
    static int number(Topology topology, String name, int otherwise) {
        String value = topology.a().tunnel().options().asWords().get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** The version of the header: 0 of type I, 1 of type II, 2 of type III; -1 where the tunnel has no such header. */
    static int version(Topology topology) {
        return topology.kind().option("erspan_ver").isPresent() ? number(topology, "erspan_ver", 1) : -1;
    }
}
