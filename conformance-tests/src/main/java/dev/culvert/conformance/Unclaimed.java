package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.harness.stimulus.Stranger;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What B does with a stranger's packet that none of its tunnels matches (net/ipv4/tunnel4.c {@code tunnel4_rcv}, net/ipv6/tunnel6.c {@code tunnel6_rcv}). */
final class Unclaimed {

    /**
     * Modules whose own handler of protocol 4 or 41 comes last and takes everything ({@code xfrmi4_rcv_tunnel}, {@code xfrm_tunnel_rcv}, {@code
     * xfrm6_tunnel_rcv}): the packet then counts as one without IPsec state, or, where nothing says by what number to look for one ({@code
     * xfrm6_tunnel_spi_lookup}), as one whose header is wrong ({@code xfrm_parse_spi} in net/xfrm/xfrm_input.c), and nobody is told.
     */
    private static final Map<Family, List<String>> TAKE_EVERYTHING = Map.of(
            Family.IPV4, List.of("xfrm_interface", "xfrm4_tunnel"),
            Family.IPV6, List.of("xfrm_interface", "xfrm6_tunnel"));

    /** Those protocols, of IPv4 and of IPv6. */
    private static final Set<Integer> TAKEN = Set.of(4, 41);

    private Unclaimed() {}

    /** Judges that the packets sent under these labels, all of their stimulus that no tunnel matches, were refused. */
    static void judge(Judge judge, Evidence evidence, TunnelPackets packets, String... labels) {
        Topology topology = evidence.topology();
        Family outer = topology.outerFamily();
        if (TAKEN.contains(protocol(topology)) && isTaken(evidence, outer)) {
            long taken = packets.window().delta(Place.B, "xfrm_stat.XfrmInNoStates")
                    + packets.window().delta(Place.B, "xfrm_stat.XfrmInHdrError");
            judge.holds(
                    "XfrmInNoStates and XfrmInHdrError of B",
                    "at least " + labels.length + " more",
                    taken >= labels.length,
                    taken + " more");
            for (String label : labels) {
                errors(judge, packets, label, 0);
            }
            return;
        }
        for (String label : labels) {
            told(judge, topology, errors(judge, packets, label, 1));
        }
    }

    private static List<Seen> errors(Judge judge, TunnelPackets packets, String label, int expected) {
        List<Seen> errors = packets.errorsAbout(label, packets.underlay(Place.A));
        judge.equal("ICMP errors about the packet \"" + label + "\"", expected, errors.size());
        return errors;
    }

    private static void told(Judge judge, Topology topology, List<Seen> errors) {
        for (Seen error : errors) {
            if (topology.outerFamily() == Family.IPV6) {
                Icmpv6Header icmp = error.dissect().icmpv6().orElseThrow();
                judge.field(error, icmp, Icmpv6Header.TYPE, Icmpv6Header.DESTINATION_UNREACHABLE);
                judge.field(error, icmp, Icmpv6Header.CODE, 4);
            } else {
                IcmpHeader icmp = error.dissect().icmp().orElseThrow();
                judge.field(error, icmp, IcmpHeader.TYPE, IcmpHeader.DESTINATION_UNREACHABLE);
                judge.field(error, icmp, IcmpHeader.CODE, 3);
            }
            TunnelPackets.outerDestination(judge, error, Stranger.address(topology));
        }
    }

    private static int protocol(Topology topology) {
        return topology.kind()
                .carriedProtocol(
                        topology.a().tunnel().options(),
                        topology.carriedAs(topology.innerFamily().carried()));
    }

    private static boolean isTaken(Evidence evidence, Family outer) {
        List<String> modules = evidence.manifest().kernel().modules();
        return TAKE_EVERYTHING.getOrDefault(outer, List.of()).stream().anyMatch(modules::contains);
    }
}
