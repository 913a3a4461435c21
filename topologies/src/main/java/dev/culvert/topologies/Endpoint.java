package dev.culvert.topologies;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A server that ends the tunnel.
 *
 * @param lan the network behind it, or null
 * @param routes its routes in the order in which they are set, those to the far subnets included
 * @param sysctls settings of the topology on top of what every server gets, by dotted name
 */
public record Endpoint(
        Place place,
        Port underlay,
        TunnelEnd tunnel,
        @Nullable Lan lan,
        List<Route> routes,
        Map<String, String> sysctls) {

    public Endpoint {
        routes = List.copyOf(routes);
        SortedMap<String, String> sorted = new TreeMap<>(sysctls);
        sysctls = Collections.unmodifiableSortedMap(sorted);
    }
}
