package dev.culvert.conformance;

import static dev.culvert.harness.packet.IcmpHeader.NEXT_HOP_MTU;
import static dev.culvert.harness.packet.Ipv4Header.DF;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Objects;

@ConformanceTest("RFC 2003 section 5.1, tunnel MTU discovery")
class Rfc2003Section51Test {

    private static final String SOURCE = "RFC 2003 section 5.1";

    private final Evidence evidence;

    Rfc2003Section51Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2003-5.1-PMTUD",
            level = Level.MUST,
            source = SOURCE,
            sentence = "The encapsulator discovers the MTU of the tunnel's path and heeds it.",
            provoked =
                    "H sends J packets with DF: one that the router's link to B refuses, then one as long and one that fits.",
            observed = "The router's error on A's underlay; A's underlay for the two packets after it.",
            needs = {Trait.NARROW_PATH, Trait.LAN, Trait.IP_PAYLOAD})
    void pathMtuIsDiscovered(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        CapturePoint underlay = packets.underlay(Place.A);
        judge.control(
                "the router's error about the first packet came to A",
                !packets.errorsAbout("unknown-path", underlay).isEmpty());
        packets.once(judge, "fitting", underlay);
        judge.equal(
                "times that a packet as long as the refused one was encapsulated after that",
                0,
                packets.of("known-path", underlay).size());
    }

    @Requirement(
            id = "RFC2003-5.1-MTU-VALUE",
            level = Level.SHOULD,
            source = SOURCE,
            sentence = "The MTU told to the original sender is that of the tunnel's path less the outer header.",
            provoked = "H sends J packets with DF that are longer, one byte longer, and as long as that.",
            observed = "Next-hop MTU of the ICMP errors at H; the packet that fits at J.",
            needs = {Trait.NARROW_PATH, Trait.LAN, Trait.IP_PAYLOAD})
    void toldMtuIsThePathsLessTheOuterHeader(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        int path =
                Objects.requireNonNull(evidence.topology().router()).towardsB().mtu();
        int fitting = path - evidence.topology().overhead();
        packets.once(judge, "fitting", packets.host(Place.J));
        for (String label : List.of("known-path", "one-too-long")) {
            List<Seen> told = packets.errorsAbout(label, packets.host(Place.H));
            judge.equal("ICMP errors to H about the packet \"" + label + "\"", 1, told.size());
            for (Seen seen : told) {
                judge.field(seen, seen.dissect().icmp().orElseThrow(), NEXT_HOP_MTU, fitting);
            }
        }
    }

    @Requirement(
            id = "RFC2003-5.1-SET-DF",
            level = Level.SHOULD,
            source = SOURCE,
            sentence = "The encapsulator sets DF in every outer header, which path MTU discovery needs.",
            provoked = "A sends packets with and without DF through the tunnel with \"pmtudisc\", Linux' default.",
            observed = "DF of every outer header on A's underlay.",
            kinds = {"ipip", "sit"},
            needs = Trait.OWN_ENDS)
    void outerDfIsSet(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, FIXED);
        judge.control(
                "a packet without DF left on A's underlay",
                !packets.of("no-df", packets.underlay(Place.A)).isEmpty());
        packets.leaving(Place.A).forEach(seen -> outerDf(judge, seen, 1));
    }

    @Requirement(
            id = "RFC2003-5.1-NODF-TOOBIG",
            level = Level.MAY,
            source =
                    "RFC 2003 section 5.1; net/ipv4/ip_forward.c ip_forward, include/net/ip.h ip_dst_mtu_maybe_forward",
            sentence =
                    "A packet without DF that the known path of the tunnel cannot carry is lost without a word to its sender;"
                            + " with ip_forward_use_pmtu Linux fragments it first.",
            provoked = "H sends J a packet without DF that is as long as A's tunnel device takes, and again with"
                    + " net.ipv4.ip_forward_use_pmtu=1.",
            observed = "ICMP errors at H; A's underlay, the tunnel's tx_dropped; the inner fragments at J.",
            needs = {Trait.NARROW_PATH, Trait.LAN, Trait.IP_PAYLOAD, Trait.ROUTED},
            kinds = {"erspan", "gre", "gretap", "ipip"})
    void tooLongPacketWithoutDfIsLost(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        CapturePoint underlay = packets.underlay(Place.A);
        judge.control(
                "the packet that fits left on A's underlay",
                !packets.of("fitting", underlay).isEmpty());
        judge.equal(
                "times that the packet was encapsulated",
                0,
                packets.of("no-df", underlay).size());
        judge.equal(
                "ICMP errors to H about it",
                0,
                packets.errorsAbout("no-df", packets.host(Place.H)).size());
        judge.equal("tx_dropped of A's tunnel device", 1L, packets.window().tunnelDelta(Place.A, "tx_dropped"));
        int fragments = packets.fragmentsOf("no-df-forward-use-pmtu", underlay).size();
        judge.holds(
                "inner fragments that A encapsulated with ip_forward_use_pmtu",
                "2 or more",
                fragments >= 2,
                Integer.toString(fragments));
        int sent = packets.window().sent("no-df-forward-use-pmtu").bytes().length() - Ipv4Header.MIN_LENGTH;
        int arrived = packets.fragmentsOf("no-df-forward-use-pmtu", packets.host(Place.J)).stream()
                .mapToInt(seen -> TunnelPackets.inner(seen).payload().length())
                .sum();
        judge.equal("bytes of it at J in inner fragments with ip_forward_use_pmtu", sent, arrived);
    }

    @Requirement(
            id = "RFC2003-5.1-NODF-OPTION",
            level = Level.MAY,
            source = SOURCE,
            sentence =
                    "A configuration may leave DF of the outer header as the original sender left it; that of Linux is"
                            + " \"nopmtudisc\".",
            provoked = "A sends packets with and without DF through the tunnel with \"nopmtudisc\".",
            observed = "DF of the outer headers on A's underlay.",
            kinds = {"ipip", "sit"},
            needs = Trait.OWN_ENDS)
    void dfCanBeLeftToTheOriginalSender(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, INHERITED);
        packets.once(judge, "no-df", packets.underlay(Place.A)).ifPresent(seen -> outerDf(judge, seen, 0));
        packets.once(judge, "df", packets.underlay(Place.A)).ifPresent(seen -> outerDf(judge, seen, 1));
    }

    private static void outerDf(Judge judge, Seen seen, int expected) {
        judge.field(seen, TunnelPackets.outer(seen), DF, expected);
    }
}
