package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.MplsStimuli.H_TO_J;
import static dev.culvert.harness.stimulus.MplsStimuli.LABELLED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.MplsEntry;
import dev.culvert.topologies.Mpls;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Objects;

@ConformanceTest("RFC 3032 section 2.1, encoding the label stack")
class Rfc3032Test {

    private final Evidence evidence;

    Rfc3032Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC3032-2.1-SHIM",
            level = Level.MUST,
            source = "RFC 3032 section 2.1",
            sentence =
                    "There is one 4-byte entry for each label, outermost first; only the last has the bottom bit. Linux sends class 0.",
            provoked = "H sends an ICMP message to J, which A labels.",
            observed = "Entries of the label stack, on A's underlay.",
            needs = {Trait.MPLS, Trait.LAN},
            labelledAlone = true,
            kinds = {"ipip", "sit"})
    void stackIsOneEntryForEachLabel(Judge judge) {
        Mpls mpls = Objects.requireNonNull(evidence.topology().mpls());
        List<Integer> labels = mpls.pushedBy(Place.A);
        TunnelPackets packets = new TunnelPackets(evidence, LABELLED);
        packets.once(judge, H_TO_J, packets.underlay(Place.A)).ifPresent(seen -> {
            List<MplsEntry> stack = seen.dissect().mplsStack();
            judge.equal("entries of the label stack", labels.size(), stack.size());
            for (int i = 0; i < Math.min(labels.size(), stack.size()); i++) {
                MplsEntry entry = stack.get(i);
                judge.field(seen, entry, MplsEntry.LABEL, labels.get(i));
                // net/mpls/mpls_iptunnel.c mpls_xmit: mpls_entry_encode(label, ttl, 0, bos)
                judge.field(seen, entry, MplsEntry.TC, 0);
                judge.field(seen, entry, MplsEntry.BOTTOM, i == labels.size() - 1 ? 1 : 0);
            }
        });
    }
}
