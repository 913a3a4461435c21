package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv4Header.TTL;
import static dev.culvert.harness.stimulus.DecapsulationStimuli.DECAPSULATED;
import static dev.culvert.harness.stimulus.ForwardingStimuli.FORWARDED;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Objects;

@ConformanceTest("RFC 2003 section 3.1, the outer header and the time to live")
class Rfc2003Section31TtlTest {

    private static final String SOURCE = "RFC 2003 section 3.1";

    private final Evidence evidence;

    Rfc2003Section31TtlTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2003-3.1-TTL-OUTER",
            level = Level.MUST,
            source = SOURCE,
            sentence =
                    "The outer TTL is enough to reach the tunnel's exit, whatever the inner TTL is; Linux takes the inner one"
                            + " unless the device has its own.",
            provoked = "A sends ICMP messages with TTL 9 and 1: as configured and with \"ttl 33\".",
            observed = "TTL of the outer header on A's underlay; whether the message with TTL 1 gets to B's underlay.",
            kinds = {"ipip", "sit"})
    void ttlReachesTheExit(Judge judge) {
        for (String stimulus : List.of(AS_CONFIGURED, FIXED)) {
            TunnelPackets packets = new TunnelPackets(evidence, stimulus);
            OptionsInForce options = OptionsInForce.during(packets.window());
            packets.once(judge, "ttl-9", packets.underlay(Place.A))
                    .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), TTL, options.ttl(9)));
            packets.once(judge, "ttl-64", packets.underlay(Place.B));
            arrives(judge, packets, options.ttl(1));
        }
    }

    private void arrives(Judge judge, TunnelPackets packets, int outerTtl) {
        String what = "the packet of inner ttl 1 on B's underlay with outer ttl " + outerTtl;
        boolean came = !packets.of("ttl-1", packets.underlay(Place.B)).isEmpty();
        String actual = came ? "arrives" : "expires on the way";
        if (outerTtl == 1 && evidence.topology().router() != null) {
            judge.known(
                    what,
                    "arrives",
                    "expires on the way",
                    actual,
                    "net/ipv4/ip_tunnel.c ip_tunnel_xmit: a ttl of 0 (inherit) takes the inner one");
        } else {
            judge.equal(what, "arrives", actual);
        }
    }

    @Requirement(
            id = "RFC2003-3.1-TTL-DECREMENT-FWD",
            level = Level.MUST,
            source = SOURCE,
            sentence =
                    "The inner TTL drops by one when A forwards a packet into the tunnel, and not when A made the packet.",
            provoked = "H sends J an ICMP message with TTL 64; A sends B one with TTL 64.",
            observed = "TTL of the inner header on A's underlay, and at J, where B has forwarded it too.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD},
            kinds = {"ipip", "sit"})
    void forwardingDecrementsOnce(Judge judge) {
        TunnelPackets own = new TunnelPackets(evidence, AS_CONFIGURED);
        own.once(judge, "ttl-64", own.underlay(Place.A))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.inner(seen), TTL, 64));
        TunnelPackets forwarded = new TunnelPackets(evidence, FORWARDED);
        forwarded
                .once(judge, "ttl-64", forwarded.underlay(Place.A))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.inner(seen), TTL, 63));
        forwarded
                .once(judge, "ttl-64", host(Place.J, lan(Place.B)))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.inner(seen), TTL, 62));
    }

    @Requirement(
            id = "RFC2003-3.1-TTL-EXPIRE",
            level = Level.SHOULD,
            source = SOURCE,
            sentence = "A packet whose TTL forwarding takes to 0 is not encapsulated; its source is told by ICMP 11/0.",
            provoked = "H sends J an ICMP message with TTL 1.",
            observed = "Nothing on A's underlay, where the same message with TTL 64 passes; the ICMP error at H.",
            needs = Trait.LAN,
            kinds = {"ipip", "sit"})
    void expiryIsToldToTheSource(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, FORWARDED);
        judge.control(
                "the message with ttl 64 left on A's underlay",
                !packets.of("ttl-64", packets.underlay(Place.A)).isEmpty());
        judge.equal(
                "times that the packet of ttl 1 was encapsulated",
                0,
                packets.of("ttl-1", packets.underlay(Place.A)).size());
        Lan lan = lan(Place.A);
        List<Seen> errors = packets.errorsAbout("ttl-1", host(Place.H, lan));
        judge.equal("ICMP errors at H about the packet of ttl 1", 1, errors.size());
        for (Seen seen : errors) {
            timeExceeded(judge, seen);
            String server = lan.server().address().host();
            Ipv4Header ip = TunnelPackets.outer(seen);
            judge.equal("icmp source", server, ip.source().getHostAddress(), seen, ip.offset() + 12, 4);
        }
    }

    @Requirement(
            id = "RFC2003-3.1-TTL0-ENCAP",
            level = Level.MUST,
            source = SOURCE,
            sentence = "A datagram with TTL 0 is not encapsulated; Linux does encapsulate it.",
            provoked = "A hands the tunnel an ICMP message with TTL 0 through a raw socket.",
            observed = "A's underlay, where messages with other TTLs pass.",
            kinds = {"ipip", "sit"})
    void ttl0IsNotEncapsulated(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        judge.control(
                "the message with ttl 9 left on A's underlay",
                !packets.of("ttl-9", packets.underlay(Place.A)).isEmpty());
        List<Seen> encapsulated = packets.of("ttl-0", packets.underlay(Place.A));
        judge.known(
                "times that the packet of ttl 0 was encapsulated",
                0,
                1,
                encapsulated.size(),
                "net/ipv4/ipip.c ipip_tunnel_xmit has no test of the inner ttl");
        int outerTtl = OptionsInForce.during(packets.window()).ttl(0);
        encapsulated.forEach(seen -> judge.field(seen, TunnelPackets.outer(seen), TTL, outerTtl));
    }

    @Requirement(
            id = "RFC2003-3.1-TTL-DECAP",
            level = Level.MUST,
            source = SOURCE,
            sentence = "Decapsulation does not change the inner TTL.",
            provoked = "A composes an outer packet with TTL 64 around an ICMP message with TTL 9.",
            observed = "TTL of the packet on B's tunnel device.",
            kinds = {"ipip", "sit"})
    void decapsulationKeepsTtl(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, DECAPSULATED);
        packets.once(judge, "ttl-9", packets.tunnel(Place.B))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.inner(seen), TTL, 9));
    }

    @Requirement(
            id = "RFC2003-3.1-TTL0-DECAP",
            level = Level.MUST,
            source = SOURCE,
            sentence =
                    "A packet with TTL 0 is discarded after decapsulation; Linux delivers one to itself, and forwards none.",
            provoked =
                    "A composes outer packets around an echo request with TTL 0 to B, and messages with TTL 1 and 0 to J.",
            observed = "B's count of echo requests; nothing at J, where TTL 9 arrives; ICMP 11/0 on B's tunnel device.",
            kinds = {"ipip", "sit"})
    void ttl0IsDiscardedAtTheExit(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, DECAPSULATED);
        packets.once(judge, "ttl-0", packets.tunnel(Place.B));
        judge.known(
                "echo requests that B took",
                0L,
                1L,
                packets.window().delta(Place.B, "snmp.Icmp.InEchos"),
                "net/ipv4/ip_input.c ip_rcv and ip_local_deliver have no test of the ttl");
        if (evidence.topology().b().lan() != null) {
            nothingIsForwarded(judge, packets);
        }
    }

    private void nothingIsForwarded(Judge judge, TunnelPackets packets) {
        CapturePoint j = host(Place.J, lan(Place.B));
        judge.control(
                "the message with ttl 9 came to J", !packets.of("ttl-9-to-j", j).isEmpty());
        for (int ttl : new int[] {1, 0}) {
            String label = "ttl-" + ttl + "-to-j";
            judge.equal(
                    "times that the packet of ttl " + ttl + " came to J",
                    0,
                    packets.of(label, j).size());
            List<Seen> errors = packets.errorsAbout(label, packets.tunnel(Place.B));
            judge.equal("ICMP errors from B about the packet of ttl " + ttl, 1, errors.size());
            errors.forEach(seen -> timeExceeded(judge, seen));
        }
    }

    private static void timeExceeded(Judge judge, Seen seen) {
        IcmpHeader icmp = seen.dissect().icmp().orElseThrow();
        judge.field(seen, icmp, IcmpHeader.TYPE, IcmpHeader.TIME_EXCEEDED);
        judge.field(seen, icmp, IcmpHeader.CODE, 0);
    }

    private Lan lan(Place server) {
        return Objects.requireNonNull(evidence.topology().endpoint(server).lan());
    }

    private static CapturePoint host(Place place, Lan lan) {
        return new CapturePoint(place, lan.host().device());
    }
}
