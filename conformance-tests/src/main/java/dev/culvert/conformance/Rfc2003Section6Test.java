package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DemuxStimuli.CANDIDATES;
import static dev.culvert.harness.stimulus.DemuxStimuli.KNOWN;
import static dev.culvert.harness.stimulus.DemuxStimuli.UNMATCHED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

@ConformanceTest("RFC 2003 section 6, security considerations")
class Rfc2003Section6Test {

    private final Evidence evidence;

    Rfc2003Section6Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2003-6-ADMIT",
            level = Level.SHOULD,
            source = "RFC 2003 section 6.2",
            sentence =
                    "B decapsulates what comes from the encapsulator it expects, and refuses a stranger with ICMP type 3 code 3.",
            provoked =
                    "A composes an outer packet from its own address, and one from an address that B's tunnel does not name.",
            observed = "B's tunnel device and its rx_packets; ICMP errors on A's underlay.",
            needs = {Trait.MATCHING_DEVICE, Trait.OWN_ENDS},
            kinds = {"ipip", "sit"})
    void onlyTheExpectedEncapsulatorIsAdmitted(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, CANDIDATES);
        packets.once(judge, KNOWN, packets.tunnel(Place.B));
        int admitted = packets.of(UNMATCHED, packets.tunnel(Place.B)).size();
        judge.equal("times that the stranger's packet came out of B's tunnel device", 0, admitted);
        judge.equal("rx_packets of B's tunnel device", 1L, packets.window().tunnelDelta(Place.B, "rx_packets"));
        Unclaimed.judge(judge, evidence, packets, UNMATCHED);
    }
}
