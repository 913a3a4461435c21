package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.IsatapStimuli.FALSE_SOURCE;
import static dev.culvert.harness.stimulus.IsatapStimuli.NOWHERE;
import static dev.culvert.harness.stimulus.IsatapStimuli.NO_ISATAP_SOURCE;
import static dev.culvert.harness.stimulus.IsatapStimuli.OTHER;
import static dev.culvert.harness.stimulus.IsatapStimuli.SOURCES;
import static dev.culvert.harness.stimulus.IsatapStimuli.TO_OTHERS;
import static dev.culvert.harness.stimulus.IsatapStimuli.TRUE_SOURCE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.stimulus.HeaderStimuli;
import dev.culvert.harness.stimulus.IsatapStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("RFC 5214, IPv6 over IPv4 whose outer destination is within the address of the next hop (ISATAP)")
final class Rfc5214Test {

    private final Evidence evidence;

    Rfc5214Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC5214-7.1-DESTINATION",
            level = Level.MUST,
            source = "RFC 5214 sections 6.1 and 7.1; net/ipv6/sit.c ipip6_tunnel_xmit",
            sentence =
                    "The outer destination is the IPv4 address within the ISATAP address of the next hop; a packet to a next hop without one is "
                            + "a tx error.",
            provoked = "A sends to B, to an ISATAP address of somebody else, and to an address that is none.",
            observed = "The outer destination, on A's underlay; tx_errors of A's tunnel device.",
            kinds = "sit",
            inside = Family.IPV6,
            needs = Trait.ISATAP)
    void destinationIsWithinTheNextHop(Judge judge) {
        TunnelPackets toB = new TunnelPackets(evidence, HeaderStimuli.AS_CONFIGURED);
        toB.once(judge, "length-84", toB.underlay(Place.A))
                .ifPresent(seen -> TunnelPackets.outerDestination(
                        judge, seen, evidence.topology().b().tunnel().local()));
        TunnelPackets packets = new TunnelPackets(evidence, TO_OTHERS);
        packets.once(judge, OTHER, packets.underlay(Place.A))
                .ifPresent(seen ->
                        TunnelPackets.outerDestination(judge, seen, IsatapStimuli.outerOther(evidence.topology())));
        judge.control(
                "the packet to no ISATAP address came to A's tunnel device",
                packets.of(NOWHERE, packets.tunnel(Place.A)).size() == 1);
        judge.equal(
                "times that the packet to no ISATAP address left A",
                0,
                packets.of(NOWHERE, packets.underlay(Place.A)).size());
        judge.equal("tx_errors of A's tunnel device", 1L, packets.window().tunnelDelta(Place.A, "tx_errors"));
    }

    @Requirement(
            id = "RFC5214-7.3-SOURCE",
            level = Level.MUST,
            source = "RFC 5214 section 7.3; net/ipv6/sit.c isatap_chksrc",
            sentence =
                    "A packet whose inner source is no ISATAP address of its outer source, which is no router on the list either, is dropped "
                            + "and counted; one that says the truth is taken.",
            provoked =
                    "A composes three packets to B from its own outer address: with its own inner source, with somebody else's, and with one "
                            + "that is no ISATAP address.",
            observed = "B's tunnel device, and its rx_errors.",
            kinds = "sit",
            inside = Family.IPV6,
            needs = {Trait.ISATAP, Trait.NO_ROUTERS})
    void falseSourcesAreDropped(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, SOURCES);
        packets.once(judge, TRUE_SOURCE, packets.tunnel(Place.B));
        for (String label : List.of(FALSE_SOURCE, NO_ISATAP_SOURCE)) {
            judge.control(
                    "the packet \"" + label + "\" came to B",
                    packets.of(label, packets.underlay(Place.B)).size() == 1);
            judge.equal(
                    "times that the packet \"" + label + "\" passed B's tunnel device",
                    0,
                    packets.of(label, packets.tunnel(Place.B)).size());
        }
        judge.equal("rx_errors of B's tunnel device", 2L, packets.window().tunnelDelta(Place.B, "rx_errors"));
    }
}
