package dev.culvert.topologies.file;

import dev.culvert.topologies.Bridge;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Route;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.file.TopologyFile.RoutePart;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of one server: those that the tunnel makes necessary, and those of the file, which win. */
final class Routes {

    private final Place place;
    private final TunnelEnd tunnel;
    private final boolean bridged;
    private final Map<String, Subnet> connected = new LinkedHashMap<>();
    private final Map<Subnet, Route> routes = new LinkedHashMap<>();

    Routes(Place place, Port underlay, TunnelEnd tunnel, @Nullable Lan lan, @Nullable Bridge bridge) {
        this.place = place;
        this.tunnel = tunnel;
        this.bridged = bridge != null;
        connected.put(underlay.device(), underlay.address().subnet());
        connected.put(
                bridge == null ? tunnel.device() : bridge.device(),
                tunnel.address().subnet());
        if (lan != null && bridge == null) {
            connected.put(lan.server().device(), lan.subnet());
        }
    }

    /** Adds the routes to the far end's internal address and LAN, which are on a bridged segment anyway. */
    void toward(FarSide far) {
        if (bridged) {
            return;
        }
        boolean fallback = tunnel.device().equals(far.kind().fallbackDevice());
        // A device without remote takes the outer destination from the next hop (ip_tunnel_xmit in
        // net/ipv4/ip_tunnel.c).
        InetAddress via = fallback ? far.kind().fallbackNextHop(tunnel.remote()) : null;
        InetAddress inner = far.tunnel().address().address();
        // To a device in external mode only routes that were made for it say what the outer header is.
        if (fallback || tunnel.external() || !tunnel.address().subnet().contains(inner)) {
            put(new Route(Subnet.of(inner), via, tunnel.device(), fallback, List.of()));
        }
        if (far.lan() != null) {
            List<Integer> labels = far.mpls() == null ? List.of() : far.mpls().pushedBy(place);
            // What is behind the other server answers no ARP in the tunnel, and what is behind an ISATAP interface has
            // no
            // IPv4 address within its own.
            boolean byInner =
                    far.kind().carriesFrames(tunnel.options()) || far.kind().isatap(tunnel.options());
            InetAddress nextHop = byInner ? inner : via;
            put(new Route(far.lan().subnet(), nextHop, tunnel.device(), fallback, labels));
        }
    }

    /** Adds a route of the file in place of one to the same destination. */
    void add(RoutePart part, Problems problems) {
        if (part.to() == null) {
            return;
        }
        InetAddress via = part.via() == null ? null : part.via().value();
        String device =
                part.device() == null ? deviceTowards(via) : part.device().value();
        if (device == null) {
            problems.add(
                    part.spot(),
                    part.to().value().toString(),
                    "says neither device nor a next hop (via) within a subnet of " + place.id() + "; give device");
            return;
        }
        boolean onlink = part.onlink() != null && part.onlink().value();
        List<Integer> labels = part.labels().stream().map(Given::value).toList();
        put(new Route(part.to().value(), via, device, onlink, labels));
    }

    List<Route> inOrder() {
        return List.copyOf(routes.values());
    }

    private void put(Route route) {
        routes.put(route.to(), route);
    }

    private @Nullable String deviceTowards(@Nullable InetAddress via) {
        return connected.entrySet().stream()
                .filter(entry -> via != null && entry.getValue().contains(via))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
