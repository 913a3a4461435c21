package dev.culvert.topologies.plan;

import dev.culvert.topologies.Bridge;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How the servers join their tunnel devices with their LANs to one segment, on which everybody knows everybody. */
final class BridgeSetup {

    private final Topology topology;
    private final Steps steps;

    BridgeSetup(Topology topology, Steps steps) {
        this.topology = topology;
        this.steps = steps;
    }

    /** Whether a port becomes one of a bridge, and has no address of its own. */
    static boolean joins(Topology topology, Port port) {
        return topology.bridged()
                && List.of(topology.a(), topology.b()).stream()
                        .anyMatch(endpoint -> endpoint.lan() != null
                                && endpoint.lan().server().equals(port));
    }

    void add() {
        List<Member> segment = new ArrayList<>();
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            Bridge bridge = Objects.requireNonNull(endpoint.bridge());
            join(endpoint, bridge);
            segment.add(new Member(
                    endpoint.place(), bridge.device(), endpoint.tunnel().address(), bridge.mac()));
            if (endpoint.lan() != null) {
                Port host = endpoint.lan().host();
                segment.add(new Member(host.place(), host.device(), host.address(), host.mac()));
            }
        }
        for (Member one : segment) {
            segment.stream()
                    .filter(other -> !other.equals(one))
                    .forEach(other -> steps.neighbour(one.place(), one.device(), other.address(), other.mac()));
        }
    }

    private void join(Endpoint endpoint, Bridge bridge) {
        Place place = endpoint.place();
        Lan lan = endpoint.lan();
        steps.change(place, "bridge", new Change.AddBridge(bridge.device(), bridge.mac()));
        steps.change(
                place,
                "tunnel device joined",
                new Change.SetMaster(endpoint.tunnel().device(), bridge.device()));
        if (lan != null) {
            steps.change(place, "LAN joined", new Change.SetMaster(lan.server().device(), bridge.device()));
        }
        steps.change(place, "bridge up", new Change.SetState(bridge.device(), true));
        steps.change(
                place,
                "internal address",
                new Change.AddAddress(bridge.device(), endpoint.tunnel().address()));
    }

    private record Member(Place place, String device, InterfaceAddress address, String mac) {}
}
