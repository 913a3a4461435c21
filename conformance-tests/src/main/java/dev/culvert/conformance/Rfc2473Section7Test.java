package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Objects;

@ConformanceTest("RFC 2473 section 7, packets that are too long for the tunnel")
class Rfc2473Section7Test {

    /** Label of the packet by whose loss A learns the path's MTU. */
    private static final String UNKNOWN_PATH = "unknown-path";

    private final Evidence evidence;
    private final Topology topology;

    Rfc2473Section7Test(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "RFC2473-7.1-PTB",
            level = Level.MUST,
            source = "RFC 2473 section 7.1; net/ipv6/ip6_tunnel.c ip6ip6_err, ipxip6_tnl_xmit",
            sentence =
                    "An IPv6 packet that is longer than the tunnel's MTU, and than 1280, is dropped and its source is told that MTU by ICMPv6 "
                            + "packet too big: also of the packet by whose loss the entry learns it, of which GRE tells nobody.",
            provoked =
                    "H sends J packets: one that the router's link to B refuses, then one as long, one byte too long, and one that fits.",
            observed = "ICMPv6 errors at H and their MTU; A's underlay; the packet that fits at J.",
            inside = Family.IPV6,
            outside = Family.IPV6,
            kinds = {"ip6gre", "ip6tnl"},
            needs = {Trait.NARROW_PATH, Trait.ROOM_FOR_IPV6, Trait.LAN, Trait.IP_PAYLOAD})
    void tooLongIpv6IsToldToTheSource(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        packets.once(judge, UNKNOWN_PATH, packets.underlay(Place.A));
        for (String label : List.of("known-path", "one-too-long")) {
            notEncapsulated(judge, packets, label);
        }
        for (String label : List.of(UNKNOWN_PATH, "known-path", "one-too-long")) {
            for (Seen seen : told(judge, packets, label)) {
                Icmpv6Header icmp = seen.dissect().icmpv6().orElseThrow();
                judge.field(seen, icmp, Icmpv6Header.TYPE, Icmpv6Header.PACKET_TOO_BIG);
                judge.field(seen, icmp, Icmpv6Header.MTU, fitting());
            }
        }
        packets.once(judge, "fitting", packets.host(Place.J));
    }

    @Requirement(
            id = "RFC2473-7.1-SMALL-FRAG",
            level = Level.MUST,
            source = "RFC 2473 section 7.1",
            sentence =
                    "An IPv6 packet of at most 1280 bytes is encapsulated also where the path cannot carry that, and the tunnel packet is sent in "
                            + "fragments; Linux never fragments an outer IPv6 packet, so that it is lost.",
            provoked =
                    "H sends J a packet that fits the path of the tunnel, and one that is a byte longer, after A learnt the path's MTU.",
            observed = "The packets at J.",
            inside = Family.IPV6,
            outside = Family.IPV6,
            kinds = {"ip6gre", "ip6tnl"},
            needs = {Trait.NARROW_PATH, Trait.TOO_NARROW_FOR_IPV6, Trait.LAN, Trait.IP_PAYLOAD})
    void shortIpv6IsFragmented(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        packets.once(judge, "fitting", packets.host(Place.J));
        judge.known(
                "times that the packet of " + (fitting() + 1) + " bytes came to J",
                1,
                0,
                packets.of("one-too-long", packets.host(Place.J)).size(),
                "net/ipv6/ip6_tunnel.c ip6_tnl_xmit goes no lower than 1280, and net/ipv6/ip6_output.c ip6_fragment refuses");
    }

    @Requirement(
            id = "RFC2473-7.2-V4-DF1",
            level = Level.MUST,
            source = "RFC 2473 section 7.2; net/ipv6/ip6_tunnel.c ip4ip6_err, ipxip6_tnl_xmit",
            sentence =
                    "An IPv4 packet with DF that is longer than the tunnel's MTU is dropped and its source is told that MTU by ICMP type 3 "
                            + "code 4: also of the packet by whose loss the entry learns it, of which GRE tells nobody.",
            provoked =
                    "H sends J packets with DF: one that the router's link to B refuses, then one as long, one byte too long, and one that fits.",
            observed = "ICMP errors at H and their MTU; A's underlay; the packet that fits at J.",
            inside = Family.IPV4,
            outside = Family.IPV6,
            kinds = {"ip6gre", "ip6tnl"},
            needs = {Trait.NARROW_PATH, Trait.LAN, Trait.IP_PAYLOAD})
    void tooLongIpv4IsToldToTheSource(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        packets.once(judge, UNKNOWN_PATH, packets.underlay(Place.A));
        for (String label : List.of("known-path", "one-too-long")) {
            notEncapsulated(judge, packets, label);
        }
        for (String label : List.of(UNKNOWN_PATH, "known-path", "one-too-long")) {
            told(judge, packets, label).forEach(seen -> fragmentationNeeded(judge, seen));
        }
        packets.once(judge, "fitting", packets.host(Place.J));
    }

    @Requirement(
            id = "RFC2473-7.2-V4-DF0",
            level = Level.MUST,
            source = "RFC 2473 section 7.2",
            sentence =
                    "An IPv4 packet without DF that is longer than the tunnel's MTU is sent in fragments; Linux drops it once the path's MTU is "
                            + "less than the device's, and tells its source.",
            provoked =
                    "H sends J a packet without DF that is as long as A's tunnel device takes, after A learnt the path's MTU.",
            observed = "Times that it came to J; ICMP errors at H.",
            inside = Family.IPV4,
            outside = Family.IPV6,
            kinds = {"ip6gre", "ip6tnl"},
            needs = {Trait.NARROW_PATH, Trait.LAN, Trait.IP_PAYLOAD})
    void tooLongIpv4WithoutDfIsFragmented(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        packets.once(judge, "fitting", packets.host(Place.J));
        boolean arrived = !packets.fragmentsOf("no-df", packets.host(Place.J)).isEmpty();
        judge.known(
                "what becomes of the packet without DF",
                "comes to J",
                "is lost",
                arrived ? "comes to J" : "is lost",
                "net/ipv6/ip6_tunnel.c ipxip6_tnl_xmit sends an error for every packet that is too long, also without DF");
        if (!arrived) {
            told(judge, packets, "no-df").forEach(seen -> fragmentationNeeded(judge, seen));
        }
    }

    private void fragmentationNeeded(Judge judge, Seen seen) {
        IcmpHeader icmp = seen.dissect().icmp().orElseThrow();
        judge.field(seen, icmp, IcmpHeader.TYPE, IcmpHeader.DESTINATION_UNREACHABLE);
        judge.field(seen, icmp, IcmpHeader.CODE, 4);
        judge.field(seen, icmp, IcmpHeader.NEXT_HOP_MTU, fitting());
    }

    private static void notEncapsulated(Judge judge, TunnelPackets packets, String label) {
        judge.equal(
                "times that \"" + label + "\" was encapsulated",
                0,
                packets.of(label, packets.underlay(Place.A)).size());
    }

    private List<Seen> told(Judge judge, TunnelPackets packets, String label) {
        List<Seen> told = packets.errorsAbout(label, packets.host(Place.H));
        String what = "errors to H about \"" + label + "\"";
        if (label.equals(UNKNOWN_PATH) && !topology.kind().relaysErrors()) {
            judge.known(what, 1, 0, told.size(), "net/ipv6/ip6_gre.c ip6gre_err only notes the MTU of the path");
        } else {
            judge.equal(what, 1, told.size());
        }
        return told;
    }

    /** The longest inner packet that crosses the path in one piece. */
    private int fitting() {
        return Objects.requireNonNull(topology.router()).towardsB().mtu() - topology.overhead();
    }
}
