package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.RouteStimuli.H_TO_J;
import static dev.culvert.harness.stimulus.RouteStimuli.INTO_ITSELF;
import static dev.culvert.harness.stimulus.RouteStimuli.J_TO_H;
import static dev.culvert.harness.stimulus.RouteStimuli.ROUTED;
import static dev.culvert.harness.stimulus.RouteStimuli.ROUTE_TO_B;
import static dev.culvert.harness.stimulus.RouteStimuli.ROUTE_TO_J;
import static dev.culvert.harness.stimulus.RouteStimuli.TO_B;
import static dev.culvert.harness.stimulus.RouteStimuli.TO_J;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

@ConformanceTest("net/ipv4/fib_frontend.c and route.c, the routes through a tunnel device")
class LinuxRouteTest {

    private final Evidence evidence;
    private final Topology topology;

    LinuxRouteTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "LINUX-ROUTE-CONNECTED",
            level = Level.LINUX,
            source = "net/ipv4/fib_frontend.c fib_add_ifaddr, net/ipv6/addrconf.c addrconf_prefix_route",
            sentence =
                    "The address of a tunnel device brings a route to its subnet by that device, IPv4 with the address as source, "
                            + "and B's internal address is reached along it.",
            provoked = "The internal addresses as configured; A sends to B's and asks for the route to it.",
            observed = "Routes of both servers; `ip route get` on A; B's tunnel device.",
            needs = Trait.ROUTED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            kinds = Requirement.EVERY_KIND)
    void addressBringsARoute(Judge judge) {
        for (Endpoint end : List.of(topology.a(), topology.b())) {
            InterfaceAddress address = end.tunnel().address();
            if (address.prefixLength() == 32) {
                continue;
            }
            JsonNode route = new Listing(evidence.configured(end.place()).routes())
                    .routes(end.tunnel().device()).stream()
                            .filter(entry -> entry.path("dst")
                                    .asText()
                                    .equals(address.subnet().toString()))
                            .findFirst()
                            .orElse(MissingNode.getInstance());
            String what = " of the route to " + address.subnet() + " on "
                    + end.place().id();
            judge.equal("protocol" + what, "kernel", route.path("protocol").asText());
            if (address.family() == Family.IPV4) {
                judge.equal(
                        "source" + what, address.host(), route.path("prefsrc").asText());
            }
        }
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        judge.equal("device of A's route to B", topology.a().tunnel().device(), told(packets, ROUTE_TO_B, "dev"));
        own(judge, packets, TO_B, topology.b().tunnel().address(), packets.tunnel(Place.B));
    }

    @Requirement(
            id = "LINUX-ROUTE-REMOTE-SUBNET",
            level = Level.LINUX,
            source = "ip-route(8), net/ipv4/fib_trie.c fib_table_lookup, net/ipv6/ip6_fib.c fib6_node_lookup",
            sentence =
                    "The route to the subnet behind the other server leads into the tunnel on both sides, and what the LAN hosts send "
                            + "each other is encapsulated and arrives with its addresses unchanged.",
            provoked = "H sends an ICMP message to J, and J one to H.",
            observed =
                    "Routes of both servers; the packets encapsulated on A's underlay and bare at the host they are for.",
            needs = {Trait.LAN, Trait.ROUTED},
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            kinds = Requirement.EVERY_KIND)
    void farSubnetIsReachedThroughTheTunnel(Judge judge) {
        for (Place place : List.of(Place.A, Place.B)) {
            String device = topology.endpoint(place).tunnel().device();
            Lan far = lan(topology.far(place));
            judge.equal(
                    "routes of " + place.id() + " to " + far.subnet() + " by " + device,
                    1L,
                    new Listing(evidence.configured(place).routes())
                            .route(device, far.subnet()).stream().count());
        }
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        arrives(judge, packets, H_TO_J, lan(topology.a()), lan(topology.b()));
        arrives(judge, packets, J_TO_H, lan(topology.b()), lan(topology.a()));
    }

    @Requirement(
            id = "LINUX-ROUTE-SOURCE",
            level = Level.LINUX,
            source =
                    "net/ipv4/route.c ip_route_output_key_hash_rcu, net/ipv4/fib_semantics.c fib_info_update_nhc_saddr; net/ipv6/addrconf.c "
                            + "ipv6_dev_get_saddr",
            sentence =
                    "A packet of A's own that is routed into the tunnel and has no source yet gets the address of the tunnel device.",
            provoked =
                    "A sends to B's internal address, and to the host behind B if there is one, with source 0.0.0.0 in a raw socket; over "
                            + "IPv6 it pings them.",
            observed = "Inner source on A's underlay; `ip route get` on A.",
            needs = Trait.ROUTED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            kinds = Requirement.EVERY_KIND)
    void sourceIsTheAddressOfTheDevice(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        ownSource(judge, packets, TO_B, topology.b().tunnel().address(), ROUTE_TO_B);
        if (topology.b().lan() != null) {
            ownSource(judge, packets, TO_J, topology.b().lan().host().address(), ROUTE_TO_J);
        }
    }

    @Requirement(
            id = "LINUX-ROUTE-SELF",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_xmit (rt->dst.dev == dev), net/ipv6/sit.c ipip6_tunnel_xmit (tdev == dev)",
            sentence =
                    "When the route to the remote leads into the tunnel itself, a packet is dropped and counted as a collision and a tx error.",
            provoked = "A routes B's address by its tunnel device and sends to B's internal address.",
            observed = "collisions and tx_errors of A's tunnel device; A's underlay, which the packet does not reach.",
            needs = {Trait.ROUTED, Trait.ROUTABLE_INTO_ITSELF},
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = Requirement.EVERY_KIND)
    void tunnelRoutedIntoItselfDropsAndCounts(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, INTO_ITSELF);
        judge.control(
                "the packet came to A's tunnel device",
                packets.of(TO_B, packets.tunnel(Place.A)).size() == 1);
        judge.equal("collisions of A's tunnel device", 1L, packets.window().tunnelDelta(Place.A, "collisions"));
        judge.equal("tx_errors of A's tunnel device", 1L, packets.window().tunnelDelta(Place.A, "tx_errors"));
        judge.equal(
                "times that the packet left A",
                0,
                packets.of(TO_B, packets.underlay(Place.A)).size());
    }

    private void ownSource(
            Judge judge, TunnelPackets packets, String label, InterfaceAddress destination, String route) {
        InterfaceAddress own = topology.a().tunnel().address();
        judge.equal("source that A's " + route + " prefers", own.host(), told(packets, route, "prefsrc"));
        own(judge, packets, label, destination, packets.underlay(Place.A)).ifPresent(seen -> {
            IpHeader inner = TunnelPackets.innerIp(seen);
            address(judge, seen, inner, inner.sourceField(), own.address(), inner.source());
        });
    }

    /** A's packet that the kernel chose the source of, as a point saw it: over IPv6 ping's echo request to that destination. */
    private static Optional<Seen> own(
            Judge judge, TunnelPackets packets, String label, InterfaceAddress destination, CapturePoint at) {
        if (destination.family() == Family.IPV4) {
            return packets.once(judge, label, at);
        }
        List<Seen> requests = packets.window().at(at).stream()
                .filter(seen ->
                        Echo.in(seen.dissect()).filter(echo -> !echo.reply()).isPresent())
                .filter(seen -> TunnelPackets.innerIp(seen).destination().equals(destination.address()))
                .toList();
        judge.equal("times that the echo request to " + destination.host() + " passed " + at, 1, requests.size());
        return requests.stream().findFirst();
    }

    private static void address(
            Judge judge, Seen seen, IpHeader header, Field field, InetAddress expected, InetAddress actual) {
        var range = field.in(header);
        judge.equal(
                seen.dissect().name(header, field),
                IpAddress.text(expected),
                IpAddress.text(actual),
                seen,
                range.offset(),
                range.length());
    }

    private static String told(TunnelPackets packets, String route, String what) {
        return Listing.of(packets.window().answer(route))
                .entries()
                .path(0)
                .path(what)
                .asText();
    }

    private void arrives(Judge judge, TunnelPackets packets, String label, Lan from, Lan to) {
        judge.equal(
                "times that \"" + label + "\" crossed A's underlay",
                1,
                packets.of(label, packets.underlay(Place.A)).size());
        CapturePoint host = new CapturePoint(to.host().place(), to.host().device());
        packets.once(judge, label, host).ifPresent(seen -> {
            IpHeader header = TunnelPackets.outerIp(seen);
            address(judge, seen, header, header.sourceField(), host(from), header.source());
            address(judge, seen, header, header.destinationField(), host(to), header.destination());
        });
    }

    private static InetAddress host(Lan lan) {
        return lan.host().address().address();
    }

    private static Lan lan(Endpoint endpoint) {
        return Objects.requireNonNull(endpoint.lan(), "a server without a LAN");
    }
}
