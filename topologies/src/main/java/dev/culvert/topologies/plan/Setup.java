package dev.culvert.topologies.plan;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Link;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Route;
import dev.culvert.topologies.Router;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;

/** How empty servers become a topology: settings before devices, links before addresses, the underlay before the tunnel. */
final class Setup {

    private final Topology topology;
    private final Offloads offloads;
    private final Steps steps = new Steps();

    Setup(Topology topology, Offloads offloads) {
        this.topology = topology;
        this.offloads = offloads;
    }

    Plan plan() {
        baseline();
        topology.underlayLinks().forEach(this::underlay);
        topology.ports().forEach(this::address);
        topology.underlayLinks().forEach(this::neighbours);
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            if (endpoint.lan() != null) {
                behind(endpoint.lan());
            }
        }
        List<Endpoint> endpoints = List.of(topology.a(), topology.b());
        endpoints.forEach(this::underlayRoute);
        endpoints.forEach(this::tunnel);
        if (topology.mpls() != null) {
            new MplsSetup(topology, topology.mpls(), steps).add();
        }
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            endpoint.routes().forEach(route -> route(endpoint.place(), route));
            steps.sysctls(endpoint.place(), "settings of this topology", endpoint.sysctls());
        }
        return steps.plan();
    }

    private void baseline() {
        for (Place place : topology.places()) {
            if (place.isNamespace()) {
                steps.run(
                        place.server().place(),
                        "a LAN host behind " + place.server().id(),
                        "ip",
                        "netns",
                        "add",
                        place.id());
            }
            boolean forwards = !place.isNamespace()
                    && (place == Place.ROUTER || topology.endpoint(place).lan() != null);
            steps.sysctls(place, "the same settings everywhere, before any device", Baseline.sysctls(forwards));
            steps.run(place, "loopback", "ip", "link", "set", "lo", "up");
        }
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            if (endpoint.lan() != null) {
                Link link = endpoint.lan().link();
                steps.run(
                        link.near().place(),
                        "link to LAN host " + link.far().place().id(),
                        new LinkStep(link, "").argv(link.far().place().id()));
            }
        }
    }

    private void underlay(Link link) {
        String purpose = "link between " + link.near().place().id() + " and "
                + link.far().place().id();
        steps.add(new LinkStep(link, purpose));
    }

    private void address(Port end) {
        String device = end.device();
        if (offloads == Offloads.OFF) {
            steps.add(OffloadSteps.step(end.place(), device, offloads));
        }
        steps.run(
                end.place(),
                "address of " + device,
                "ip",
                "addr",
                "add",
                end.address().toString(),
                "dev",
                device);
        steps.run(end.place(), device + " up", "ip", "link", "set", device, "up");
    }

    private void neighbours(Link link) {
        neighbour(link.near(), link.far());
        neighbour(link.far(), link.near());
    }

    private void neighbour(Port self, Port other) {
        steps.run(
                self.place(),
                "neighbour known beforehand, no ARP in captures",
                "ip",
                "neigh",
                "replace",
                other.address().host(),
                "lladdr",
                other.mac(),
                "dev",
                self.device(),
                "nud",
                "permanent");
    }

    private void behind(Lan lan) {
        neighbours(lan.link());
        steps.run(
                lan.host().place(),
                "default route by the server",
                "ip",
                "route",
                "add",
                "default",
                "via",
                lan.server().address().host());
    }

    private void underlayRoute(Endpoint endpoint) {
        Router router = topology.router();
        if (router != null) {
            Port near = router.nextTo(endpoint.place());
            Port far = router.nextTo(topology.far(endpoint.place()).place());
            steps.run(
                    endpoint.place(),
                    "route to the other server's link",
                    "ip",
                    "route",
                    "add",
                    far.address().subnet().toString(),
                    "via",
                    near.address().host());
        }
        Inet4Address local = endpoint.tunnel().local();
        if (!local.equals(endpoint.underlay().address().address())) {
            tunnelEndBehind(endpoint, local.getHostAddress());
        }
    }

    /** Makes an address that is not the underlay's reachable: it is on loopback, and everybody else has a route to it. */
    private void tunnelEndBehind(Endpoint endpoint, String local) {
        Place place = endpoint.place();
        Place far = topology.far(place).place();
        Router router = topology.router();
        String underlay = endpoint.underlay().address().host();
        String next = router == null ? underlay : router.nextTo(far).address().host();
        steps.run(place, "tunnel end", "ip", "addr", "add", local + "/32", "dev", "lo");
        steps.run(far, "route to the tunnel end of " + place.id(), "ip", "route", "add", local + "/32", "via", next);
        if (router != null) {
            steps.run(
                    Place.ROUTER,
                    "route to the tunnel end of " + place.id(),
                    "ip",
                    "route",
                    "add",
                    local + "/32",
                    "via",
                    underlay);
        }
    }

    private void tunnel(Endpoint endpoint) {
        Place place = endpoint.place();
        TunnelEnd end = endpoint.tunnel();
        String device = end.device();
        boolean fallback = topology.isFallback(end);
        if (!fallback) {
            steps.run(place, topology.kind().name() + " device", topology.kind().addDevice(end));
        }
        if (end.mtu() != null) {
            steps.run(place, "tunnel MTU", "ip", "link", "set", device, "mtu", String.valueOf(end.mtu()));
        }
        if (offloads == Offloads.OFF) {
            steps.add(OffloadSteps.step(place, device, offloads));
        }
        steps.run(place, fallback ? "fallback device up" : "tunnel up", "ip", "link", "set", device, "up");
        steps.run(place, "internal address", "ip", "addr", "add", end.address().toString(), "dev", device);
    }

    private void route(Place place, Route route) {
        List<String> argv =
                new ArrayList<>(List.of("ip", "route", "add", route.to().toString()));
        if (!route.labels().isEmpty()) {
            argv.addAll(List.of("encap", "mpls", Labels.stack(route.labels())));
        }
        if (route.via() != null) {
            argv.addAll(List.of("via", route.via().getHostAddress()));
        }
        argv.addAll(List.of("dev", route.device()));
        if (route.onlink()) {
            argv.add("onlink");
        }
        steps.run(place, "route to " + (route.labels().isEmpty() ? "" : "and labels for ") + route.to(), argv);
    }
}
