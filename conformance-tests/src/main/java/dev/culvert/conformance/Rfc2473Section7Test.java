package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Objects;

@ConformanceTest("RFC 2473 section 7, packets that are too long for the tunnel")
class Rfc2473Section7Test {

    private final Evidence evidence;

    Rfc2473Section7Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2473-7.1-PTB",
            level = Level.MUST,
            source = "RFC 2473 section 7.1; net/ipv6/ip6_tunnel.c ip6ip6_err, ipxip6_tnl_xmit",
            sentence =
                    "An IPv6 packet that is longer than the tunnel's MTU, and than 1280, is dropped and its source is told that MTU by ICMPv6 "
                            + "packet too big: also of the packet by whose loss the entry learns it.",
            provoked =
                    "H sends J packets: one that the router's link to B refuses, then one as long, one byte too long, and one that fits.",
            observed = "ICMPv6 errors at H and their MTU; A's underlay; the packet that fits at J.",
            inside = Family.IPV6,
            outside = Family.IPV6,
            kinds = "ip6tnl",
            needs = {Trait.NARROW_PATH, Trait.LAN, Trait.IP_PAYLOAD})
    void tooLongIpv6IsToldToTheSource(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        packets.once(judge, "unknown-path", packets.underlay(Place.A));
        for (String label : List.of("known-path", "one-too-long")) {
            notEncapsulated(judge, packets, label);
        }
        for (String label : List.of("unknown-path", "known-path", "one-too-long")) {
            for (Seen seen : told(judge, packets, label)) {
                Icmpv6Header icmp = seen.dissect().icmpv6().orElseThrow();
                judge.field(seen, icmp, Icmpv6Header.TYPE, Icmpv6Header.PACKET_TOO_BIG);
                judge.field(seen, icmp, Icmpv6Header.MTU, fitting());
            }
        }
        packets.once(judge, "fitting", packets.host(Place.J));
    }

    private static void notEncapsulated(Judge judge, TunnelPackets packets, String label) {
        judge.equal(
                "times that \"" + label + "\" was encapsulated",
                0,
                packets.of(label, packets.underlay(Place.A)).size());
    }

    private static List<Seen> told(Judge judge, TunnelPackets packets, String label) {
        List<Seen> told = packets.errorsAbout(label, packets.host(Place.H));
        judge.equal("errors to H about \"" + label + "\"", 1, told.size());
        return told;
    }

    /** The longest inner packet that crosses the path in one piece. */
    private int fitting() {
        Topology topology = evidence.topology();
        return Objects.requireNonNull(topology.router()).towardsB().mtu() - topology.overhead();
    }
}
