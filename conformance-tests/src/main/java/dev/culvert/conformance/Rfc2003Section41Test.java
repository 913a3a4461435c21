package dev.culvert.conformance;

import static dev.culvert.harness.packet.IcmpHeader.CODE;
import static dev.culvert.harness.packet.IcmpHeader.DESTINATION_UNREACHABLE;
import static dev.culvert.harness.packet.IcmpHeader.TYPE;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.ERRORS;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.stimulus.TunnelError;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Objects;

@ConformanceTest("RFC 2003 section 4.1, destination unreachable from within the tunnel")
class Rfc2003Section41Test {

    private static final String SOURCE = "RFC 2003 section 4.1";
    private static final String HOST_ONLY =
            "net/ipv4/ipip.c ipip_err counts every code but 4 and 5; net/ipv4/ip_tunnel.c ip_tunnel_xmit then calls"
                    + " dst_link_failure, which is always code 1 (ipv4_link_failure)";
    private static final int HOST_UNREACHABLE = 1;

    private final Evidence evidence;

    Rfc2003Section41Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2003-4.1-NET-UNREACH",
            level = Level.SHOULD,
            source = SOURCE,
            sentence =
                    "After a network unreachable from within the tunnel the original sender is told of an unreachable"
                            + " network, for its destination is not on A's own; Linux tells of a host, about the next packet.",
            provoked = "A network unreachable about an encapsulated packet comes to A; then H sends J two packets.",
            observed = "ICMP errors at H, and their code; A's underlay for the two packets.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD, Trait.OWN_ENDS})
    void networkUnreachableIsTold(Judge judge) {
        sender().toldOnce(judge, TunnelError.NET_UNREACHABLE).ifPresent(seen -> {
            judge.field(seen, icmp(seen), TYPE, DESTINATION_UNREACHABLE);
            judge.knownField(seen, icmp(seen), CODE, 0, HOST_UNREACHABLE, HOST_ONLY);
        });
    }

    @Requirement(
            id = "RFC2003-4.1-HOST-UNREACH",
            level = Level.SHOULD,
            source = SOURCE,
            sentence =
                    "After a host unreachable from within the tunnel the original sender is told so, by A and about its next"
                            + " packet.",
            provoked = "A host unreachable about an encapsulated packet comes to A; then H sends J two packets.",
            observed = "ICMP errors at H, their code and source; A's underlay for the two packets.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD, Trait.OWN_ENDS})
    void hostUnreachableIsTold(Judge judge) {
        sender().toldOnce(judge, TunnelError.HOST_UNREACHABLE).ifPresent(seen -> {
            judge.field(seen, icmp(seen), TYPE, DESTINATION_UNREACHABLE);
            judge.field(seen, icmp(seen), CODE, HOST_UNREACHABLE);
            var ip = TunnelPackets.outer(seen);
            var server = Objects.requireNonNull(evidence.topology().a().lan()).server();
            judge.equal("source of the error", server.address().address(), ip.source(), seen, ip.offset() + 12, 4);
        });
    }

    @Requirement(
            id = "RFC2003-4.1-PROTO-UNREACH",
            level = Level.SHOULD,
            source = SOURCE,
            sentence =
                    "After a protocol unreachable from within the tunnel the original sender is told of an unreachable network"
                            + " or host, never of a protocol: the outer one is none of its own.",
            provoked = "A protocol unreachable that quotes 28 bytes comes to A; then H sends J two packets.",
            observed = "ICMP errors at H, and their code; A's underlay for the two packets.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD, Trait.NOT_IN_UDP, Trait.OWN_ENDS})
    void protocolUnreachableIsToldAsAnother(Judge judge) {
        sender().toldOnce(judge, TunnelError.PROTOCOL_UNREACHABLE).ifPresent(seen -> {
            judge.field(seen, icmp(seen), TYPE, DESTINATION_UNREACHABLE);
            int code = icmp(seen).code();
            judge.holds("icmp code", "0 (network) or 1 (host)", code <= HOST_UNREACHABLE, Integer.toString(code));
        });
    }

    @Requirement(
            id = "RFC2003-4.1-PORT-UNREACH",
            level = Level.MUST_NOT,
            source = SOURCE,
            sentence =
                    "A port unreachable from within the tunnel, where there are no ports, reaches no original sender; Linux"
                            + " takes it for a host unreachable.",
            provoked = "A port unreachable about an encapsulated packet comes to A; then H sends J two packets.",
            observed = "ICMP errors at H, where those after a host unreachable are seen.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD})
    void portUnreachableIsNotTold(Judge judge) {
        OriginalSender sender = sender();
        sender.provoked(judge, TunnelError.PORT_UNREACHABLE);
        judge.known(
                "ICMP errors to H after \"port-unreachable\"",
                0,
                1,
                sender.toldAfter(TunnelError.PORT_UNREACHABLE),
                HOST_ONLY);
    }

    @Requirement(
            id = "RFC2003-4.1-TOO-BIG",
            level = Level.MUST,
            source = SOURCE,
            sentence =
                    "A datagram too big from within the tunnel is relayed to the original sender; Linux loses the packet it is"
                            + " about and tells about the next one.",
            provoked =
                    "H sends J two packets with DF that are too long, once encapsulated, for the router's link to B.",
            observed = "The router's error on A's underlay; ICMP errors at H; A's underlay and the tunnel's tx_errors.",
            needs = {Trait.NARROW_PATH, Trait.LAN, Trait.IP_PAYLOAD})
    void tooBigIsTold(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        CapturePoint h = packets.host(Place.H);
        packets.once(judge, "unknown-path", packets.underlay(Place.A));
        judge.control(
                "the router's error about the first packet came to A",
                !packets.errorsAbout("unknown-path", packets.underlay(Place.A)).isEmpty());
        judge.known(
                "ICMP errors to H about the packet that the router refused",
                1,
                0,
                packets.errorsAbout("unknown-path", h).size(),
                "net/ipv4/ipip.c ipip_err: ipv4_update_pmtu and nothing else");
        List<Seen> told = packets.errorsAbout("known-path", h);
        judge.equal("ICMP errors to H about its next packet of that length", 1, told.size());
        for (Seen seen : told) {
            judge.field(seen, icmp(seen), TYPE, DESTINATION_UNREACHABLE);
            judge.field(seen, icmp(seen), CODE, 4);
        }
        judge.equal(
                "times that this packet was encapsulated",
                0,
                packets.of("known-path", packets.underlay(Place.A)).size());
        judge.equal(
                "tx_errors of A's tunnel device for this packet and the one that is one byte too long",
                2L,
                packets.window().tunnelDelta(Place.A, "tx_errors"));
    }

    @Requirement(
            id = "RFC2003-4.1-SR-FAILED",
            level = Level.MUST_NOT,
            source = SOURCE,
            sentence = "A source route failed from within the tunnel is A's own matter and reaches no original sender.",
            provoked = "A source route failed about an encapsulated packet comes to A; then H sends J two packets.",
            observed = "ICMP errors at H; A's underlay for the two packets.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD})
    void sourceRouteFailedIsNotTold(Judge judge) {
        sender().toldNothing(judge, TunnelError.SOURCE_ROUTE_FAILED);
    }

    private OriginalSender sender() {
        return new OriginalSender(evidence, ERRORS);
    }

    private static IcmpHeader icmp(Seen seen) {
        return seen.dissect().icmp().orElseThrow();
    }
}
