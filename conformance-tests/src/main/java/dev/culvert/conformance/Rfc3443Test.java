package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.MplsStimuli.H_TO_J;
import static dev.culvert.harness.stimulus.MplsStimuli.LABELLED;
import static dev.culvert.harness.stimulus.MplsStimuli.NOT_PROPAGATED;
import static dev.culvert.harness.stimulus.MplsStimuli.TTL;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.MplsEntry;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import java.util.Objects;

@ConformanceTest("RFC 3443 section 3, the TTL of labels")
class Rfc3443Test {

    /** {@code ip4_dst_hoplimit}: the payload is no IP packet that a TTL could be inherited from. */
    private static final int DEFAULT_IP_TTL = 64;

    /** {@code net.mpls.default_ttl}. */
    private static final int DEFAULT_LABEL_TTL = 255;

    private final Evidence evidence;

    Rfc3443Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC3443-TTL",
            level = Level.MUST,
            source =
                    "RFC 3443 sections 3.1 and 3.2, net/mpls/mpls_iptunnel.c mpls_xmit, net/mpls/af_mpls.c mpls_egress",
            sentence =
                    "A label gets the IP TTL as A forwards it, and B gives it back less one; without propagation it gets 255 and the IP "
                            + "TTL loses only the hops of A and B. The outer IP TTL is the device's, or 64 where it inherits.",
            provoked = "H sends an ICMP message of TTL 9 to J, with and without net.mpls.ip_ttl_propagate.",
            observed = "TTL of the outer header and of every label on A's underlay, and of the packet at J.",
            needs = {Trait.MPLS, Trait.LAN},
            labelledAlone = true,
            kinds = {"ipip", "sit"})
    void labelTtlFollowsTheIpTtlOrNot(Judge judge) {
        judge(judge, LABELLED, TTL - 1);
        judge(judge, NOT_PROPAGATED, DEFAULT_LABEL_TTL);
    }

    private void judge(Judge judge, String stimulus, int labelTtl) {
        TunnelPackets packets = new TunnelPackets(evidence, stimulus);
        int outerTtl = OptionsInForce.during(packets.window()).ttl(DEFAULT_IP_TTL);
        packets.once(judge, H_TO_J, packets.underlay(Place.A)).ifPresent(seen -> {
            judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.TTL, outerTtl);
            for (MplsEntry entry : seen.dissect().mplsStack()) {
                judge.field(seen, entry, MplsEntry.TTL, labelTtl);
            }
        });
        Port j = Objects.requireNonNull(evidence.topology().b().lan()).host();
        // One hop less at A, one where B pops the label, one where B forwards to J.
        packets.once(judge, H_TO_J, new CapturePoint(Place.J, j.device()))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.TTL, TTL - 3));
    }
}
