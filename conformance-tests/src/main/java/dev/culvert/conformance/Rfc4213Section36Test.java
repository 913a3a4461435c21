package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DemuxStimuli.CANDIDATES;
import static dev.culvert.harness.stimulus.DemuxStimuli.KNOWN;
import static dev.culvert.harness.stimulus.DemuxStimuli.UNMATCHED;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.FROM_COMPATIBLE;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.FROM_LOOPBACK;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.FROM_MAPPED;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.FROM_MULTICAST;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.HONEST;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.LONG;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.LONG_HEAD;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.PADDED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.Arrays;
import java.util.List;

@ConformanceTest("RFC 4213 section 3.6, decapsulation")
class Rfc4213Section36Test {

    private static final String SOURCE = "RFC 4213 section 3.6";

    private final Evidence evidence;

    Rfc4213Section36Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC4213-3.6-INNER-UNCHANGED",
            level = Level.MUST,
            source = SOURCE,
            sentence =
                    "The IPv6 packet comes out of the tunnel as it went in, byte for byte, extension headers and flow label included.",
            provoked = "A sends ICMPv6 messages of different lengths, traffic classes and headers.",
            observed = "The packet on B's tunnel device beside the same packet on A's.",
            inside = Family.IPV6,
            kinds = "sit")
    void innerUnchanged(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (String label :
                List.of("length-48", "length-largest", "alike-1", "flow-label", "router-alert", "ttl-9", "tos-bb")) {
            packets.once(judge, label, packets.tunnel(Place.A))
                    .ifPresent(in -> packets.once(judge, label, packets.tunnel(Place.B))
                            .ifPresent(out -> unchanged(judge, label, in, out)));
        }
    }

    private static void unchanged(Judge judge, String label, Seen in, Seen out) {
        int at = Arrays.mismatch(
                in.packet().bytes().toArray(), out.packet().bytes().toArray());
        judge.equal(
                "first byte of \"" + label + "\" that the tunnel changed",
                "none",
                at < 0 ? "none" : "byte " + at,
                out,
                Math.max(at, 0),
                1);
    }

    @Requirement(
            id = "RFC4213-3.6-SRC-CHECK",
            level = Level.MUST,
            source = SOURCE + "; net/ipv4/tunnel4.c tunnel64_rcv",
            sentence =
                    "Only what comes from the tunnel's other end is decapsulated. The rest is discarded, without an ICMP error unless the "
                            + "node sends one for every protocol it does not know, as Linux does.",
            provoked =
                    "A composes an outer packet from its own address, and one from an address that B's tunnel does not name.",
            observed = "B's tunnel device and its rx_packets; ICMP errors on A's underlay.",
            inside = Family.IPV6,
            needs = {Trait.MATCHING_DEVICE, Trait.OWN_ENDS},
            kinds = "sit")
    void onlyTheOtherEndIsTaken(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, CANDIDATES);
        packets.once(judge, KNOWN, packets.tunnel(Place.B));
        int taken = packets.of(UNMATCHED, packets.tunnel(Place.B)).size();
        judge.equal("times that the stranger's packet came out of B's tunnel device", 0, taken);
        judge.equal("rx_packets of B's tunnel device", 1L, packets.window().tunnelDelta(Place.B, "rx_packets"));
        Unclaimed.judge(judge, evidence, packets, UNMATCHED);
    }

    @Requirement(
            id = "RFC4213-3.6-INVALID-SRC",
            level = Level.MUST,
            source = SOURCE + "; net/ipv6/ip6_input.c ip6_rcv_core",
            sentence =
                    "What is decapsulated from a multicast, loopback, IPv4-compatible or IPv4-mapped source is silently discarded; Linux "
                            + "discards the first two only.",
            provoked =
                    "A composes encapsulated echo requests from ff02::1, ::1, ::192.0.2.9, ::ffff:192.0.2.9 and its own address.",
            observed = "Whether B sends an echo reply by its tunnel device, where it has routes to the last three.",
            inside = Family.IPV6,
            needs = {Trait.COMPOSED, Trait.NOT_IN_UDP},
            kinds = "sit")
    void impossibleSourcesAreDiscarded(Judge judge) {
        Composed composed = new Composed(new TunnelPackets(evidence, COMPOSED));
        judge.control("the honest echo request was answered", composed.answered(HONEST));
        for (String label : List.of(FROM_MULTICAST, FROM_LOOPBACK)) {
            judge.equal("\"" + label + "\" is answered", false, composed.answered(label));
        }
        for (String label : List.of(FROM_COMPATIBLE, FROM_MAPPED)) {
            judge.known(
                    "\"" + label + "\" is answered",
                    false,
                    true,
                    composed.answered(label),
                    "net/ipv6/ip6_input.c ip6_rcv_core tests for loopback and multicast sources only");
        }
    }

    @Requirement(
            id = "RFC4213-3.6-PADDING",
            level = Level.MUST,
            source = SOURCE + "; net/ipv6/ip6_input.c ip6_rcv_core",
            sentence = "How long the IPv6 packet is, its own payload length says: what lies behind that is cut off.",
            provoked = "A composes an encapsulated echo request with ten bytes more behind it.",
            observed = "The length of B's echo reply on its tunnel device.",
            inside = Family.IPV6,
            needs = {Trait.COMPOSED, Trait.NOT_IN_UDP},
            kinds = "sit")
    void paddingIsCutOff(Judge judge) {
        Composed composed = new Composed(new TunnelPackets(evidence, COMPOSED));
        List<Seen> replies = composed.replies(PADDED);
        judge.equal("echo replies to the padded request", 1, replies.size());
        int padded = composed.packets().window().sent(PADDED).bytes().length();
        replies.forEach(seen -> judge.equal(
                "length of the reply",
                padded - Ipv4Header.MIN_LENGTH - 10,
                TunnelPackets.innerIp(seen).totalLength()));
    }

    @Requirement(
            id = "RFC4213-3.6-MRU",
            level = Level.MUST,
            source = SOURCE,
            sentence = "IPv4 packets of 1500 bytes are put together from fragments before they are decapsulated.",
            provoked = "A composes an outer packet of " + LONG + " bytes in two fragments.",
            observed = "The inner packet on B's tunnel device.",
            inside = Family.IPV6,
            needs = {Trait.COMPOSED, Trait.NOT_IN_UDP},
            kinds = "sit")
    void longPacketIsReassembled(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, COMPOSED);
        Echo sent = Echo.in(packets.window().dissectSent(LONG_HEAD)).orElseThrow();
        List<Seen> out = packets.window().at(packets.tunnel(Place.B)).stream()
                .filter(seen -> Echo.in(seen.dissect()).filter(sent::equals).isPresent())
                .toList();
        judge.equal("times that the packet came out of B's tunnel device", 1, out.size());
        out.forEach(seen -> judge.equal(
                "its length",
                LONG - Ipv4Header.MIN_LENGTH,
                TunnelPackets.innerIp(seen).totalLength()));
    }

    /** Echo requests that A composed, and B's replies on its tunnel device. */
    private record Composed(TunnelPackets packets) {

        boolean answered(String label) {
            return !replies(label).isEmpty();
        }

        List<Seen> replies(String label) {
            Echo reply =
                    Echo.in(packets.window().dissectSent(label)).orElseThrow().answer();
            return packets.window().at(packets.tunnel(Place.B)).stream()
                    .filter(seen ->
                            Echo.in(seen.dissect()).filter(reply::equals).isPresent())
                    .toList();
        }
    }
}
