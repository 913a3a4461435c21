package dev.culvert.topologies;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server that ends the tunnel.
 *
 * @param lan the internal subnet behind it, or null
 * @param routes routes beyond those that the tunnel and the LANs make necessary
 * @param sysctls settings beyond those that Culvert pins, by name
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
        sysctls = Map.copyOf(sysctls);
    }
}
