package dev.culvert.topologies.plan;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.Route;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.util.List;

/** The routes of a server, those to a device in external mode with what they say of the outer header. */
public final class TunnelRoutes {

    private TunnelRoutes() {}

    /** All routes of a server, in order. */
    static List<Change.AddRoute> of(Topology topology, Endpoint endpoint) {
        return endpoint.routes().stream()
                .map(route -> change(topology, endpoint.tunnel(), route))
                .toList();
    }

    /**
     * The routes of a server to its tunnel device, as they are when that end has other options.
     *
     * @param end the server's, with the options that its routes are to give the outer header by
     */
    public static List<Change.AddRoute> into(Topology topology, Endpoint endpoint, TunnelEnd end) {
        return endpoint.routes().stream()
                .filter(route -> route.device().equals(end.device()))
                .map(route -> change(topology, end, route))
                .toList();
    }

    private static Change.AddRoute change(Topology topology, TunnelEnd end, Route route) {
        LightweightTunnel encapsulation = route.device().equals(end.device())
                ? topology.kind().lightweightTunnel(end).orElse(null)
                : null;
        return new Change.AddRoute(
                route.to(), route.via(), route.device(), route.onlink(), route.labels(), encapsulation);
    }
}
