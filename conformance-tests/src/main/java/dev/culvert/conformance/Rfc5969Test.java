package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.SixRdStimuli.FALSE_SOURCE;
import static dev.culvert.harness.stimulus.SixRdStimuli.OTHER;
import static dev.culvert.harness.stimulus.SixRdStimuli.SOURCES;
import static dev.culvert.harness.stimulus.SixRdStimuli.TO_OTHERS;
import static dev.culvert.harness.stimulus.SixRdStimuli.TRUE_SOURCE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.stimulus.HeaderStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.SixRd;

@ConformanceTest("RFC 5969, IPv6 over IPv4 whose outer destination is within the inner one (6rd)")
final class Rfc5969Test {

    private static final String SOURCES_OF_BOTH =
            "A composes two packets to B from its own outer address: with its own inner source, and with that of another member.";

    private final Evidence evidence;

    Rfc5969Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC5969-4-DESTINATION",
            level = Level.MUST,
            source = "RFC 5969 sections 4 and 9; net/ipv6/sit.c try_6rd",
            sentence =
                    "The outer destination is what stands in the inner one behind the 6rd prefix, with the common part of all IPv4 "
                            + "addresses of the domain before it.",
            provoked = "A sends to B, and to another member of the domain.",
            observed = "The outer destination, on A's underlay.",
            kinds = "sit",
            inside = Family.IPV6,
            needs = Trait.SIX_RD)
    void destinationIsWithinTheInnerOne(Judge judge) {
        TunnelPackets toB = new TunnelPackets(evidence, HeaderStimuli.AS_CONFIGURED);
        toB.once(judge, "length-84", toB.underlay(Place.A)).ifPresent(seen -> destination(judge, seen));
        TunnelPackets toOther = new TunnelPackets(evidence, TO_OTHERS);
        toOther.once(judge, OTHER, toOther.underlay(Place.A)).ifPresent(seen -> destination(judge, seen));
    }

    private void destination(Judge judge, Seen seen) {
        SixRd domain = evidence.topology()
                .kind()
                .sixRd(evidence.topology().a().tunnel().options())
                .orElseThrow();
        Ipv4Header outer = TunnelPackets.outer(seen);
        String expected = domain.embeddedIn(TunnelPackets.innerIp(seen).destination())
                .map(IpAddress::text)
                .orElse("none");
        judge.equal("outer destination", expected, IpAddress.text(outer.destination()), seen, outer.offset() + 16, 4);
    }

    @Requirement(
            id = "RFC5969-9.2-SOURCE",
            level = Level.MUST,
            source = "RFC 5969 section 9.2; net/ipv6/sit.c packet_is_spoofed",
            sentence =
                    "A packet whose inner source says another outer source than it has is dropped and counted; one that says the truth is taken.",
            provoked = SOURCES_OF_BOTH,
            observed = "B's tunnel device, and its rx_errors.",
            kinds = "sit",
            inside = Family.IPV6,
            needs = Trait.SIX_RD)
    void falseSourcesAreDropped(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, SOURCES);
        judge.control(
                "the packet of the false source came to B",
                packets.of(FALSE_SOURCE, packets.underlay(Place.B)).size() == 1);
        packets.once(judge, TRUE_SOURCE, packets.tunnel(Place.B));
        judge.equal(
                "times that the packet of the false source passed B's tunnel device",
                0,
                packets.of(FALSE_SOURCE, packets.tunnel(Place.B)).size());
        judge.equal("rx_errors of B's tunnel device", 1L, packets.window().tunnelDelta(Place.B, "rx_errors"));
    }
}
