package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.stimulus.Stranger;
import dev.culvert.topologies.Place;
import java.util.List;

/** What B does with a stranger's packet that none of its tunnels matches (net/ipv4/tunnel4.c {@code tunnel4_rcv}). */
final class Unclaimed {

    /**
     * Modules whose own handler of protocol 4 comes last and takes everything ({@code xfrmi4_rcv_tunnel}, {@code xfrm_tunnel_rcv}): the
     * packet then counts as one without IPsec state, and nobody is told.
     */
    private static final List<String> TAKE_EVERYTHING = List.of("xfrm_interface", "xfrm4_tunnel");

    private Unclaimed() {}

    /** Judges that the packet sent under a label was refused. */
    static void judge(Judge judge, Evidence evidence, TunnelPackets packets, String label) {
        List<Seen> errors = packets.errorsAbout(label, packets.underlay(Place.A));
        List<String> modules = evidence.manifest().kernel().modules();
        if (TAKE_EVERYTHING.stream().anyMatch(modules::contains)) {
            long taken = packets.window().delta(Place.B, "xfrm_stat.XfrmInNoStates");
            judge.holds("XfrmInNoStates of B", "at least 1 more", taken >= 1, taken + " more");
            judge.equal("ICMP errors about the packet \"" + label + "\"", 0, errors.size());
            return;
        }
        judge.equal("ICMP errors about the packet \"" + label + "\"", 1, errors.size());
        for (Seen error : errors) {
            IcmpHeader icmp = error.dissect().icmp().orElseThrow();
            judge.field(error, icmp, IcmpHeader.TYPE, IcmpHeader.DESTINATION_UNREACHABLE);
            judge.field(error, icmp, IcmpHeader.CODE, 3);
            Ipv4Header header = TunnelPackets.outer(error);
            int at = header.offset() + 16;
            judge.equal("destination of the error", Stranger.ADDRESS, header.destination(), error, at, 4);
        }
    }
}
