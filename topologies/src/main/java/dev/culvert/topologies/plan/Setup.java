package dev.culvert.topologies.plan;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Link;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Router;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.Inet4Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        topology.places().forEach(this::ipv6);
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
        if (topology.bridged()) {
            new BridgeSetup(topology, steps).add();
        } else if (topology.carriesFrames()) {
            endpoints.forEach(this::tunnelNeighbour);
        }
        if (topology.esp() != null) {
            new EspSetup(topology, topology.esp(), steps).add();
        }
        if (topology.mpls() != null) {
            new MplsSetup(topology, topology.mpls(), steps).add();
        }
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            TunnelRoutes.of(topology, endpoint).forEach(route -> route(endpoint.place(), route));
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
            steps.sysctls(
                    place,
                    "the same settings everywhere, before any device",
                    Baseline.sysctls(forwards, topology.usesIpv6()));
            steps.change(place, "loopback", new Change.SetState("lo", true));
        }
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            if (endpoint.lan() != null) {
                Link link = endpoint.lan().link();
                steps.add(new LinkStep(
                        link, "link to LAN host " + link.far().place().id()));
            }
        }
    }

    private void underlay(Link link) {
        String purpose = "link between " + link.near().place().id() + " and "
                + link.far().place().id();
        steps.add(new LinkStep(link, purpose));
    }

    /** Switches IPv6 on where links of a place have it, with one command. */
    private void ipv6(Place place) {
        Map<String, String> settings = new LinkedHashMap<>();
        topology.ports().stream()
                .filter(port -> port.place() == place && port.address().family() == Family.IPV6)
                .forEach(port -> settings.put(disableIpv6(port.device()), "0"));
        steps.sysctls(place, "IPv6 on its links", settings);
    }

    private static String disableIpv6(String device) {
        return "net.ipv6.conf." + device + ".disable_ipv6";
    }

    private void address(Port end) {
        String device = end.device();
        if (offloads == Offloads.OFF) {
            steps.add(OffloadSteps.step(end.place(), device, offloads));
        }
        if (!BridgeSetup.joins(topology, end)) {
            steps.change(end.place(), "address of " + device, new Change.AddAddress(device, end.address()));
        }
        steps.change(end.place(), device + " up", new Change.SetState(device, true));
    }

    private void neighbours(Link link) {
        neighbour(link.near(), link.far());
        neighbour(link.far(), link.near());
    }

    private void neighbour(Port self, Port other) {
        steps.neighbour(self.place(), self.device(), other.address(), other.mac());
    }

    private void tunnelNeighbour(Endpoint endpoint) {
        TunnelEnd far = topology.far(endpoint.place()).tunnel();
        if (far.mac() != null) {
            steps.neighbour(endpoint.place(), endpoint.tunnel().device(), far.address(), far.mac());
        }
    }

    private void behind(Lan lan) {
        if (!topology.bridged()) {
            neighbours(lan.link());
        }
        steps.change(
                lan.host().place(),
                "default route by the server",
                Change.AddRoute.via(
                        Subnet.around(lan.server().address().address(), 0),
                        lan.server().address().address()));
    }

    private void underlayRoute(Endpoint endpoint) {
        Router router = topology.router();
        if (router != null) {
            Port near = router.nextTo(endpoint.place());
            Port far = router.nextTo(topology.far(endpoint.place()).place());
            steps.change(
                    endpoint.place(),
                    "route to the other server's link",
                    Change.AddRoute.via(far.address().subnet(), near.address().address()));
        }
        if (!endpoint.tunnel().local().equals(endpoint.underlay().address().address())) {
            tunnelEndBehind(endpoint);
        }
    }

    /** Makes an address that is not the underlay's reachable: it is on loopback, and everybody else has a route to it. */
    private void tunnelEndBehind(Endpoint endpoint) {
        Place place = endpoint.place();
        Place far = topology.far(place).place();
        Router router = topology.router();
        InterfaceAddress local = InterfaceAddress.alone(endpoint.tunnel().local());
        InterfaceAddress underlay = endpoint.underlay().address();
        InterfaceAddress next = router == null ? underlay : router.nextTo(far).address();
        String purpose = "route to the tunnel end of " + place.id();
        steps.change(place, "tunnel end", new Change.AddAddress("lo", local));
        steps.change(far, purpose, Change.AddRoute.via(local.subnet(), next.address()));
        if (router != null) {
            steps.change(Place.ROUTER, purpose, Change.AddRoute.via(local.subnet(), underlay.address()));
        }
    }

    private void tunnel(Endpoint endpoint) {
        Place place = endpoint.place();
        TunnelEnd end = endpoint.tunnel();
        String device = end.device();
        boolean fallback = topology.isFallback(end);
        topology.udpListener(place)
                .ifPresent(listener ->
                        steps.change(place, "what comes within UDP is taken out", new Change.AddUdpListener(listener)));
        if (!fallback) {
            steps.change(place, topology.kind().name() + " device", new Change.AddTunnel(topology.kind(), end));
        }
        end.potentialRouters().forEach(router -> potentialRouter(place, device, router));
        if (end.mtu() != null) {
            steps.change(place, "tunnel MTU", new Change.SetMtu(device, end.mtu()));
        }
        if (offloads == Offloads.OFF) {
            steps.add(OffloadSteps.step(place, device, offloads));
        }
        if (end.address().family() == Family.IPV6) {
            steps.sysctls(place, "IPv6 in the tunnel", Map.of(disableIpv6(device), "0"));
        }
        steps.change(place, fallback ? "fallback device up" : "tunnel up", new Change.SetState(device, true));
        if (!topology.bridged()) {
            steps.change(place, "internal address", new Change.AddAddress(device, end.address()));
        }
    }

    /** A command whatever else is told by netlink: the kernel has nothing but an ioctl for it, {@code SIOCADDPRL} ({@code ipip6_tunnel_prl_ctl} in net/ipv6/sit.c). */
    private void potentialRouter(Place place, String device, Inet4Address router) {
        steps.run(
                place, "potential router", "ip", "tunnel", "prl", "prl-default", IpAddress.text(router), "dev", device);
    }

    private void route(Place place, Change.AddRoute route) {
        String also = route.encapsulation() != null ? "and outer header for " : "and labels for ";
        boolean alone = route.labels().isEmpty() && route.encapsulation() == null;
        steps.change(place, "route to " + (alone ? "" : also) + route.to(), route);
    }
}
