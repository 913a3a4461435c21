package dev.culvert.topologies.plan;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Link;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.util.List;
import java.util.Map;

/** How the servers of a topology become empty again. Settings are made anew by the next topology and stay until then. */
final class Teardown {

    private final Topology topology;
    private final Steps steps = new Steps();

    Teardown(Topology topology) {
        this.topology = topology;
    }

    Plan plan() {
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            if (endpoint.bridge() != null) {
                steps.change(
                        endpoint.place(),
                        "no bridge",
                        new Change.DeleteLink(endpoint.bridge().device()));
            }
            tunnel(endpoint.place(), endpoint.tunnel());
            topology.udpListener(endpoint.place())
                    .ifPresent(listener -> steps.change(
                            endpoint.place(),
                            "nothing within UDP is taken out",
                            new Change.DeleteUdpListener(listener)));
            if (!endpoint.tunnel().local().equals(endpoint.underlay().address().address())) {
                InterfaceAddress local =
                        InterfaceAddress.alone(endpoint.tunnel().local());
                steps.change(endpoint.place(), "no tunnel end", new Change.DeleteAddress("lo", local));
            }
            if (topology.esp() != null) {
                steps.change(endpoint.place(), "no policies", new Change.FlushEspPolicies());
                steps.change(endpoint.place(), "no states", new Change.FlushEspStates());
            }
            if (topology.mpls() != null) {
                steps.sysctls(endpoint.place(), "forget all labels", Map.of("net.mpls.platform_labels", "0"));
            }
            if (endpoint.lan() != null) {
                delete(endpoint.lan().link());
                String host = endpoint.lan().host().place().id();
                steps.run(endpoint.place(), "no LAN host", "ip", "netns", "delete", host);
            }
        }
        topology.underlayLinks().forEach(this::delete);
        return steps.plan();
    }

    private void tunnel(Place place, TunnelEnd end) {
        String device = end.device();
        if (topology.isFallback(end)) {
            // The kernel refuses to delete a fallback device (ip_tunnel_dellink).
            steps.change(place, "fallback device down, which drops its routes", new Change.SetState(device, false));
            steps.change(place, "fallback device without address", new Change.FlushAddresses(device));
            int mtu = topology.kind().fallbackMtu();
            steps.change(place, "fallback device as it was", new Change.SetMtu(device, mtu));
        } else {
            steps.change(place, "no tunnel device", new Change.DeleteLink(device));
        }
    }

    private void delete(Link link) {
        steps.change(
                link.near().place(),
                "no link",
                new Change.DeleteLink(link.near().device()));
    }
}
