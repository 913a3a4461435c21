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
 * @param bridge what joins the tunnel device with the LAN, or null where the server routes between them
 * @param routes its routes in the order in which they are set, those to the far subnets included
 * @param sysctls settings of the topology on top of what every server gets, by dotted name
 */
public record Endpoint(
        Place place,
        Port underlay,
        TunnelEnd tunnel,
        @Nullable Lan lan,
        @Nullable Bridge bridge,
        List<Route> routes,
        Map<String, String> sysctls) {

    /** A server that routes between the tunnel and the network behind it. */
    public Endpoint(
            Place place,
            Port underlay,
            TunnelEnd tunnel,
            @Nullable Lan lan,
            List<Route> routes,
            Map<String, String> sysctls) {
        this(place, underlay, tunnel, lan, null, routes, sysctls);
    }

    public Endpoint {
        routes = List.copyOf(routes);
        SortedMap<String, String> sorted = new TreeMap<>(sysctls);
        sysctls = Collections.unmodifiableSortedMap(sorted);
    }

    /** The device that has the internal address. */
    public String innerDevice() {
        return bridge == null ? tunnel.device() : bridge.device();
    }

    /** The Ethernet address that goes with the internal address, or null where the tunnel carries no frames. */
    public @Nullable String innerMac() {
        return bridge == null ? tunnel.mac() : bridge.mac();
    }
}
