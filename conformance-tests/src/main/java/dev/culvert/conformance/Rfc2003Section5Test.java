package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.IcmpErrorStimuli.BURST;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.BURST_REQUESTS;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.ERRORS;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.TO_A;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.stimulus.SecondTunnel;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Place;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

@ConformanceTest("RFC 2003 section 5, the soft state of the tunnel")
class Rfc2003Section5Test {

    private static final String SOURCE = "RFC 2003 section 5";

    private final Evidence evidence;

    Rfc2003Section5Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2003-5-SOFTSTATE-MTU",
            level = Level.SHOULD,
            source = SOURCE,
            sentence =
                    "The encapsulator keeps the MTU of the tunnel; Linux keeps it with the route to the exit, so that every"
                            + " tunnel to that exit obeys it.",
            provoked =
                    "The router tells A the MTU of its link to B; A then sends through a GRE tunnel to the same exit.",
            observed =
                    "\"ip route get\" of the exit; on A's underlay a GRE packet that fits and one that is a byte too long.",
            needs = {Trait.NARROW_PATH, Trait.LAN, Trait.IP_PAYLOAD})
    void pathMtuIsKept(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        int path =
                Objects.requireNonNull(evidence.topology().router()).towardsB().mtu();
        judge.control(
                "the router's error about the first packet came to A",
                !packets.errorsAbout("unknown-path", packets.underlay(Place.A)).isEmpty());
        judge.equal(
                "what A keeps of the route to the exit",
                PmtuException.show(Optional.of(new PmtuException(path, false))),
                PmtuException.show(PmtuException.of(packets.window().answer("route-to-exit"))));
        if (packets.window().answer(SecondTunnel.MADE).exit() == 0) {
            CapturePoint underlay = packets.underlay(Place.A);
            packets.once(judge, SecondTunnel.FITTING, underlay);
            judge.equal(
                    "times that the packet one byte too long left through the second tunnel",
                    0,
                    packets.of(SecondTunnel.TOO_LONG, underlay).size());
        }
    }

    @Requirement(
            id = "RFC2003-5-SOFTSTATE-TTL",
            level = Level.SHOULD,
            source = SOURCE,
            sentence =
                    "The encapsulator keeps the length of the tunnel's path, so that it can tell of a packet that will not"
                            + " get to the exit; Linux keeps none.",
            provoked = "H sends J, twice, a packet whose outer TTL ends at the router; the router tells A each time.",
            observed = "The router's error on A's underlay; ICMP errors at H about the second packet.",
            needs = {Trait.ROUTER, Trait.LAN, Trait.IP_PAYLOAD})
    void pathLengthIsKept(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        judge.control(
                "the router's error about the first packet came to A",
                !packets.errorsAbout("short-lived-1", packets.underlay(Place.A)).isEmpty());
        judge.known(
                "ICMP errors to H about its second packet",
                1,
                0,
                packets.errorsAbout("short-lived-2", packets.host(Place.H)).size(),
                "net/ipv4/ipip.c ipip_err: with ttl inherit a time exceeded leaves nothing behind");
    }

    @Requirement(
            id = "RFC2003-5-SOFTSTATE-REACH",
            level = Level.SHOULD,
            source = SOURCE,
            sentence =
                    "The encapsulator keeps whether the exit can be reached: Linux counts errors for 30 s and warns once for"
                            + " each, while the packets go on.",
            provoked = "Three host unreachables come to A; then H sends J five packets.",
            observed = "ICMP errors at H about each of the packets; A's underlay and J for the packets.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD, Trait.OWN_ENDS})
    void reachabilityIsKept(Judge judge) {
        OriginalSender sender = new OriginalSender(evidence, ERRORS);
        for (int n = 1; n <= BURST_REQUESTS; n++) {
            String request = "burst-request-" + n;
            judge.control(
                    "H replied to \"" + request + "\"", !sender.replied(request).isEmpty());
            judge.equal(
                    "ICMP errors to H about its packet " + n,
                    n <= BURST ? 1 : 0,
                    sender.toldAbout(request).size());
            judge.equal(
                    "times that H's packet " + n + " was encapsulated",
                    1,
                    sender.encapsulated(request).size());
            judge.equal(
                    "times that H's packet " + n + " came to J",
                    1,
                    sender.delivered(request).size());
        }
    }

    @Requirement(
            id = "RFC2003-5.2-NO-QUENCH",
            level = Level.SHOULD_NOT,
            source = "RFC 2003 section 5.2; RFC 6633 section 3",
            sentence = "The encapsulator sends no source quench to an original sender, whatever happens in the tunnel.",
            provoked = "Everything that is done to the topology, source quenches from within the tunnel among it.",
            observed = "ICMP messages of type 4 with a source address of A's, on every device of A and at H.")
    void noSourceQuenchIsSent(Judge judge) {
        TunnelPackets toA = new TunnelPackets(evidence, TO_A);
        judge.control(
                "ICMP messages of A's are captured",
                toA.window().at(toA.underlay(Place.A)).stream()
                        .anyMatch(seen -> isFromA(seen.dissect(), IcmpHeader.ECHO_REPLY)));
        evidence.captures().keySet().stream()
                .filter(point -> point.place() == Place.A || point.place() == Place.H)
                .forEach(point -> judge.equal(
                        "source quenches of A's at " + point,
                        0L,
                        evidence.capture(point).packets().stream()
                                .filter(packet -> isFromA(packet.dissect(), IcmpHeader.SOURCE_QUENCH))
                                .count()));
    }

    private boolean isFromA(Dissection packet, int type) {
        return packet.icmp().filter(icmp -> icmp.type() == type).isPresent()
                && packet.outerIpv4()
                        .filter(ip -> addressesOfA().contains(ip.source()))
                        .isPresent();
    }

    private Set<InetAddress> addressesOfA() {
        Endpoint a = evidence.topology().a();
        Set<InetAddress> addresses = new HashSet<>();
        addresses.add(a.underlay().address().address());
        addresses.add(a.tunnel().address().address());
        if (a.lan() != null) {
            addresses.add(a.lan().server().address().address());
        }
        return addresses;
    }
}
