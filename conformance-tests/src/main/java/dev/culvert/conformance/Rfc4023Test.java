package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv4Header.PROTOCOL;
import static dev.culvert.harness.stimulus.MplsStimuli.H_TO_J;
import static dev.culvert.harness.stimulus.MplsStimuli.LABELLED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.MplsEntry;
import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Place;

@ConformanceTest("RFC 4023 section 3.1, MPLS in IP")
class Rfc4023Test {

    private final Evidence evidence;

    Rfc4023Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC4023-3.1-PROTO",
            level = Level.MUST,
            source = "RFC 4023 section 3.1",
            sentence =
                    "The outer header of a labelled packet has protocol 137, and the label stack follows it at once.",
            provoked = "H sends an ICMP message to J, which A labels.",
            observed = "Protocol of the outer header and offset of the top label, on A's underlay.",
            needs = {Trait.MPLS, Trait.LAN},
            labelledAlone = true,
            kinds = {"ipip", "sit"})
    void protocolIs137(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, LABELLED);
        packets.once(judge, H_TO_J, packets.underlay(Place.A)).ifPresent(seen -> {
            Ipv4Header outer = TunnelPackets.outer(seen);
            judge.field(seen, outer, PROTOCOL, evidence.topology().outerProtocol(Carried.MPLS));
            int behind = outer.offset() + outer.length();
            judge.equal(
                    "offset of the label stack",
                    behind,
                    seen.dissect().first(MplsEntry.class).map(MplsEntry::offset).orElse(-1),
                    seen,
                    behind,
                    4);
        });
    }
}
