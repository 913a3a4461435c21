package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DeviceStimuli.LINK;
import static dev.culvert.harness.stimulus.DeviceStimuli.ROUTES_DOWN;
import static dev.culvert.harness.stimulus.DeviceStimuli.ROUTES_UP;
import static dev.culvert.harness.stimulus.DeviceStimuli.TO_B;
import static dev.culvert.harness.stimulus.DeviceStimuli.TO_J;
import static dev.culvert.harness.stimulus.DeviceStimuli.TUNNEL_DOWN;
import static dev.culvert.harness.stimulus.DeviceStimuli.UNDERLAY_DOWN;

import com.fasterxml.jackson.databind.JsonNode;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("net/ipv4/fib_frontend.c fib_netdev_event and ip_tunnel.c, devices that go down")
class LinuxDeviceStateTest {

    private final Evidence evidence;
    private final String tunnel;

    LinuxDeviceStateTest(Evidence evidence) {
        this.evidence = evidence;
        this.tunnel = evidence.topology().a().tunnel().device();
    }

    @Requirement(
            id = "LINUX-ROUTE-STATE",
            level = Level.LINUX,
            source = "net/ipv4/fib_frontend.c fib_netdev_event, net/ipv4/ip_tunnel.c ip_tunnel_xmit",
            sentence =
                    "A tunnel device that goes down takes its routes along, and a worse route takes over at once; coming up brings back "
                            + "only the route of its address. It does not notice its underlay: with that down it stays up with its routes, and what "
                            + "it is given is a tx error for want of a carrier.",
            provoked =
                    "A's tunnel device goes down beside a worse route to the far LAN, and up; then its underlay device goes down.",
            observed =
                    "Routes and links that `ip` lists meanwhile and in the end; A's underlay; tx_errors and tx_carrier_errors.",
            needs = Trait.ROUTED,
            kinds = {"erspan", "geneve", "gre", "gretap", "ipip", "sit", "vti"})
    void routesFollowTheDeviceAndTheDeviceNotTheUnderlay(Judge judge) {
        Listing configured = new Listing(evidence.configured(Place.A).routes());
        tunnelDown(judge, configured);
        underlayDown(judge, configured);
        judge.equal(
                "routes by " + tunnel + " in the end",
                configured.destinations(tunnel),
                new Listing(evidence.afterwards(Place.A).routes()).destinations(tunnel));
    }

    private void tunnelDown(Judge judge, Listing configured) {
        TunnelPackets packets = new TunnelPackets(evidence, TUNNEL_DOWN);
        Listing down = Listing.of(packets.window().answer(ROUTES_DOWN));
        Listing up = Listing.of(packets.window().answer(ROUTES_UP));
        judge.equal("routes by " + tunnel + " while it is down", List.of(), down.destinations(tunnel));
        judge.equal("routes by " + tunnel + " when it is up again", ofAddress(configured), up.destinations(tunnel));
        Lan far = evidence.topology().b().lan();
        if (far != null) {
            List<Seen> plain = packets.of(TO_J, packets.underlay(Place.A));
            judge.equal("times that the packet to the far LAN took the worse route", 1, plain.size());
            plain.forEach(seen -> judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.PROTOCOL, 1));
        }
    }

    private void underlayDown(Judge judge, Listing configured) {
        TunnelPackets packets = new TunnelPackets(evidence, UNDERLAY_DOWN);
        judge.control(
                "the packet came to A's tunnel device",
                packets.of(TO_B, packets.tunnel(Place.A)).size() == 1);
        Listing link = Listing.of(packets.window().answer(LINK));
        judge.equal(
                tunnel + " is up over an underlay that is down",
                true,
                link.flags(tunnel).contains("UP"));
        judge.equal(
                "operstate of " + tunnel,
                "UNKNOWN",
                link.link(tunnel).path("operstate").asText());
        judge.equal(
                "routes by " + tunnel + " over an underlay that is down",
                configured.destinations(tunnel),
                Listing.of(packets.window().answer(ROUTES_DOWN)).destinations(tunnel));
        judge.equal("tx_errors of " + tunnel, 1L, packets.window().tunnelDelta(Place.A, "tx_errors"));
        judge.equal("tx_carrier_errors of " + tunnel, 1L, packets.window().tunnelDelta(Place.A, "tx_carrier_errors"));
    }

    /** The destinations that the kernel itself has a route to, because of the device's address. */
    private List<String> ofAddress(Listing configured) {
        return configured.routes(tunnel).stream()
                .filter(route -> route.path("protocol").asText().equals("kernel"))
                .map((JsonNode route) -> route.path("dst").asText())
                .sorted()
                .toList();
    }
}
