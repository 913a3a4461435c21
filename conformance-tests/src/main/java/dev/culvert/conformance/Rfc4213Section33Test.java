package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv6Header.HOP_LIMIT;
import static dev.culvert.harness.stimulus.DecapsulationStimuli.DECAPSULATED;
import static dev.culvert.harness.stimulus.ForwardingStimuli.FORWARDED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("RFC 4213 section 3.3, the hop limit")
class Rfc4213Section33Test {

    private final Evidence evidence;

    Rfc4213Section33Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC4213-3.3-HOPLIMIT",
            level = Level.MUST,
            source = "RFC 4213 section 3.3",
            sentence =
                    "The tunnel is one hop of IPv6: A takes one from the hop limit of what it forwards, B one more, and the way between "
                            + "them none.",
            provoked = "H sends J an ICMPv6 message of hop limit 64.",
            observed = "Hop limit of the inner header on A's underlay and on B's tunnel device, and at J.",
            inside = Family.IPV6,
            needs = Trait.LAN,
            kinds = "sit")
    void tunnelIsOneHop(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, FORWARDED);
        for (var at : List.of(packets.underlay(Place.A), packets.tunnel(Place.B))) {
            packets.once(judge, "ttl-64", at)
                    .ifPresent(seen -> judge.field(seen, TunnelPackets.innerIp(seen), HOP_LIMIT, 63));
        }
        packets.once(judge, "ttl-64", packets.host(Place.J))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.innerIp(seen), HOP_LIMIT, 62));
    }

    @Requirement(
            id = "RFC4213-3.3-EXPIRE",
            level = Level.MUST,
            source = "RFC 4213 section 3.3, RFC 8200 section 3, RFC 4443 section 3.3",
            sentence =
                    "A packet whose hop limit forwarding takes to 0 is not encapsulated, and one that comes out of the tunnel so is not "
                            + "forwarded; its source is told by ICMPv6 time exceeded.",
            provoked =
                    "H sends J an ICMPv6 message of hop limit 1; A composes encapsulated ones of hop limit 9, 1 and 0 to J.",
            observed = "A's underlay and the error at H; J, and the errors on B's tunnel device.",
            inside = Family.IPV6,
            needs = {Trait.LAN, Trait.COMPOSED},
            kinds = "sit")
    void expiryIsTold(Judge judge) {
        TunnelPackets forwarded = new TunnelPackets(evidence, FORWARDED);
        judge.control(
                "the message of hop limit 64 left on A's underlay",
                !forwarded.of("ttl-64", forwarded.underlay(Place.A)).isEmpty());
        judge.equal(
                "times that the packet of hop limit 1 was encapsulated",
                0,
                forwarded.of("ttl-1", forwarded.underlay(Place.A)).size());
        timeExceeded(judge, "of hop limit 1 at H", forwarded.errorsAbout("ttl-1", forwarded.host(Place.H)));

        TunnelPackets composed = new TunnelPackets(evidence, DECAPSULATED);
        composed.once(judge, "ttl-9-to-j", composed.host(Place.J));
        for (int hopLimit : new int[] {1, 0}) {
            String label = "ttl-" + hopLimit + "-to-j";
            judge.equal(
                    "times that the packet of hop limit " + hopLimit + " came to J",
                    0,
                    composed.of(label, composed.host(Place.J)).size());
            timeExceeded(
                    judge,
                    "of hop limit " + hopLimit + " from B",
                    composed.errorsAbout(label, composed.tunnel(Place.B)));
        }
    }

    private static void timeExceeded(Judge judge, String which, List<Seen> errors) {
        judge.equal("ICMPv6 errors about the packet " + which, 1, errors.size());
        for (Seen seen : errors) {
            Icmpv6Header icmp = seen.dissect().icmpv6().orElseThrow();
            judge.field(seen, icmp, Icmpv6Header.TYPE, Icmpv6Header.TIME_EXCEEDED);
            judge.field(seen, icmp, Icmpv6Header.CODE, 0);
        }
    }
}
