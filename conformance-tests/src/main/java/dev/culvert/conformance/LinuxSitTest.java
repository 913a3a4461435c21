package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.HONEST;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.SHORT;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.TOO_SHORT;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.shortLabel;
import static dev.culvert.harness.stimulus.ModeStimuli.DEVICES;
import static dev.culvert.harness.stimulus.ModeStimuli.IP_INTO_MPLS;
import static dev.culvert.harness.stimulus.ModeStimuli.MODES;
import static dev.culvert.harness.stimulus.ModeStimuli.MPLS_ONLY;
import static dev.culvert.harness.stimulus.MulticastStimuli.IPV6;
import static dev.culvert.harness.stimulus.MulticastStimuli.PING;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("net/ipv6/sit.c, IPv6 over IPv4")
class LinuxSitTest {

    private final Evidence evidence;

    LinuxSitTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-SIT-SHORT",
            level = Level.LINUX,
            source = "net/ipv4/tunnel4.c tunnel64_rcv",
            sentence =
                    "A payload of protocol 41 that is shorter than an IPv6 header is dropped before any device sees it, without an ICMP error.",
            provoked = "A composes outer packets of protocol 41 with 0, 1, 20 and 39 bytes behind the header.",
            observed =
                    "rx_packets and rx_errors of B's tunnel device; ICMP errors on A's underlay, beside an answered echo request.",
            inside = Family.IPV6,
            needs = {Trait.COMPOSED, Trait.NOT_IN_UDP},
            kinds = "sit")
    void shortPayloadIsDropped(Judge judge) {
        Unwrapped packets = Unwrapped.during(evidence, SHORT);
        judge.control("the honest echo request was answered", packets.answered(HONEST));
        for (int length : TOO_SHORT) {
            judge.control(
                    "the payload of " + length + " bytes came to B's underlay",
                    came(
                            packets,
                            packets.window().sent(shortLabel(length)).bytes().length()));
        }
        judge.equal("rx_packets of B's tunnel device", 1L, packets.window().tunnelDelta(Place.B, "rx_packets"));
        judge.equal("rx_errors of B's tunnel device", 0L, packets.window().tunnelDelta(Place.B, "rx_errors"));
        judge.equal("ICMP errors to A", 0, packets.errors().size());
    }

    private static boolean came(Unwrapped packets, int length) {
        return packets.window().atUnderlay(Place.B).stream()
                .flatMap(seen -> seen.dissect().outerIpv4().stream())
                .anyMatch(outer -> outer.totalLength() == length);
    }

    @Requirement(
            id = "LINUX-SIT-MCAST",
            level = Level.LINUX,
            source = "net/ipv6/sit.c ipip6_tunnel_xmit",
            sentence = "A packet to ff02::1 on the device is encapsulated to the one remote, whose address answers it.",
            provoked = "A pings ff02::1 on its tunnel device once.",
            observed =
                    "Outer destination of the echo request on A's underlay; the echo reply from B's side on A's tunnel device.",
            inside = Family.IPV6,
            // Its hop limit is 1, which the outer header inherits.
            needs = {Trait.ONE_LINK, Trait.MATCHING_DEVICE, Trait.OWN_ENDS},
            kinds = "sit")
    void allNodesAreTheRemote(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, IPV6);
        judge.control("A pinged", packets.window().answer(PING).argv().contains("-6"));
        List<Seen> requests = echoes(packets, packets.underlay(Place.A), false);
        judge.equal("echo requests to ff02::1 on A's underlay", 1, requests.size());
        for (Seen seen : requests) {
            Ipv4Header outer = TunnelPackets.outer(seen);
            judge.equal("outer destination", evidence.topology().a().tunnel().remote(), outer.destination());
            judge.equal(
                    "inner destination",
                    Ipv6.parse("ff02::1").orElseThrow(),
                    TunnelPackets.innerIp(seen).destination());
        }
        judge.equal(
                "echo replies that A's underlay brought",
                1,
                echoes(packets, packets.underlay(Place.A), true).size());
    }

    @Requirement(
            id = "LINUX-SIT-TX-NO-PROTO-CHECK",
            level = Level.LINUX,
            source = "net/ipv6/sit.c sit_tunnel_xmit",
            sentence =
                    "A device sends what its mode does not carry, and only one that receives holds to its mode: IPv4 given to mode "
                            + "\"mplsip\" leaves as protocol 4.",
            provoked = "B routes an ICMP message into a device of mode mplsip.",
            observed = "B's underlay; tx errors and tx packets of that device.",
            labelledAlone = true,
            kinds = "sit")
    void payloadOfAnotherModeIsSent(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, MODES);
        packets.once(judge, IP_INTO_MPLS, packets.underlay(Place.B))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.PROTOCOL, 4));
        Listing devices = Listing.of(packets.window().answer(DEVICES));
        judge.equal("tx errors of the device of mode mplsip", 0L, devices.count(MPLS_ONLY, "tx", "errors"));
        judge.equal("tx packets of the device of mode mplsip", 1L, devices.count(MPLS_ONLY, "tx", "packets"));
    }

    private static List<Seen> echoes(TunnelPackets packets, CapturePoint at, boolean reply) {
        return packets.window().at(at).stream()
                .filter(seen -> Echo.in(seen.dissect())
                        .filter(echo -> echo.reply() == reply)
                        .isPresent())
                .toList();
    }
}
