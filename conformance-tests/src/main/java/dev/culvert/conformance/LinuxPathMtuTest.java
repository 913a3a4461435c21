package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv4Header.DF;
import static dev.culvert.harness.stimulus.OuterFragmentStimuli.OUTER_FRAGMENTS;
import static dev.culvert.harness.stimulus.PathMtuStimuli.LOCKED;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6FragmentHeader;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

@ConformanceTest("Linux, path MTU and fragments of the outer packet")
class LinuxPathMtuTest {

    /** net.ipv4.route.min_pmtu where a topology does not set it. */
    private static final String MIN_PMTU = "552";

    private final Evidence evidence;

    LinuxPathMtuTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-PMTU-LOCK",
            level = Level.LINUX,
            source = "net/ipv4/route.c __ip_rt_update_pmtu; net/ipv4/ip_tunnel_core.c iptunnel_xmit",
            sentence =
                    "A path MTU below net.ipv4.route.min_pmtu is kept as that minimum, locked: outer packets then leave without"
                            + " DF, and A fragments them.",
            provoked = "A is told a path MTU of 68, then sends B a packet of 1000 bytes.",
            observed =
                    "\"ip route get\" of the exit; the outer fragments on A's underlay; the packet at B's tunnel device.",
            needs = Trait.IP_PAYLOAD,
            inside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "gre", "gretap", "ipip", "sit"})
    void tooSmallPathMtuIsLocked(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, LOCKED);
        int least =
                Integer.parseInt(evidence.topology().a().sysctls().getOrDefault("net.ipv4.route.min_pmtu", MIN_PMTU));
        judge.control(
                "the error came to A",
                !packets.of("told", packets.underlay(Place.A)).isEmpty());
        judge.equal(
                "what A keeps of the route to the exit",
                PmtuException.show(Optional.of(new PmtuException(least, true))),
                PmtuException.show(PmtuException.of(packets.window().answer("route-to-exit"))));
        List<Seen> fragments = outerFragments(packets, "after");
        judge.holds(
                "outer fragments of the packet",
                "2 or more",
                fragments.size() >= 2,
                Integer.toString(fragments.size()));
        for (Seen seen : fragments) {
            Ipv4Header outer = TunnelPackets.outer(seen);
            judge.field(seen, outer, DF, 0);
            judge.holds(
                    "outer total length",
                    least + " or less",
                    outer.totalLength() <= least,
                    Integer.toString(outer.totalLength()));
        }
        packets.once(judge, "after", packets.tunnel(Place.B));
    }

    @Requirement(
            id = "LINUX-PMTU-INNER",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c tnl_update_pmtu",
            sentence =
                    "A tunnel device that knows its path's MTU lowers that of the inner route too, so that later packets are"
                            + " made to fit.",
            provoked = "The router tells A the MTU of its link to B; H sends J packets that are longer.",
            observed = "\"ip route get\" of J on A.",
            needs = {Trait.NARROW_PATH, Trait.LAN, Trait.IP_PAYLOAD, Trait.ROUTED},
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "gre", "gretap", "ip6gre", "ip6tnl", "ipip", "sit"})
    void innerRouteLearnsThePathMtu(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        int path =
                Objects.requireNonNull(evidence.topology().router()).towardsB().mtu();
        // Less than 1280 is never told to IPv6 (ipip6_tunnel_xmit in net/ipv6/sit.c, ip6_tnl_xmit in
        // net/ipv6/ip6_tunnel.c).
        int least = evidence.topology().innerFamily() == Family.IPV6 ? 1280 : 0;
        int fitting = Math.max(path - evidence.topology().overhead(), least);
        judge.control(
                "the router's error about the first packet came to A",
                !packets.errorsAbout("unknown-path", packets.underlay(Place.A)).isEmpty());
        judge.equal(
                "what A keeps of the route to J",
                PmtuException.show(Optional.of(new PmtuException(fitting, false))),
                PmtuException.show(PmtuException.of(packets.window().answer("route-to-j"))));
    }

    @Requirement(
            id = "LINUX-FRAG-OUTER-RX",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_input.c ip_local_deliver; net/ipv4/ip_fragment.c ip_frag_queue; net/ipv6/reassembly.c ip6_frag_queue",
            sentence =
                    "Outer fragments are put together before decapsulation, in whatever order they come; a packet whose"
                            + " fragments overlap is dropped.",
            provoked =
                    "A sends B three encapsulated packets in two outer fragments: in order, reversed, and overlapping.",
            observed = "The packets on B's tunnel device, its rx_packets, and B's reassembly counters.",
            needs = {Trait.IP_PAYLOAD, Trait.COMPOSED},
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"})
    void outerFragmentsAreReassembled(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, OUTER_FRAGMENTS);
        for (String label : List.of("in-order", "reversed", "overlapping")) {
            judge.control(
                    "both fragments of \"" + label + "\" came to B", arrivedFragments(packets, label + "-tail") == 2);
            judge.equal(
                    "times that the packet \"" + label + "\" came out of the tunnel",
                    label.equals("overlapping") ? 0L : 1L,
                    received(packets, label + "-head"));
        }
        judge.equal("rx_packets of B's tunnel device", 2L, packets.window().tunnelDelta(Place.B, "rx_packets"));
        String ip = evidence.topology().outerFamily() == Family.IPV4 ? "snmp.Ip." : "snmp6.Ip6";
        judge.equal("ReasmOKs of B", 2L, packets.window().delta(Place.B, ip + "ReasmOKs"));
        judge.equal("ReasmFails of B", 1L, packets.window().delta(Place.B, ip + "ReasmFails"));
    }

    /** How many fragments of the outer packet that a fragment belongs to came to B. */
    private static long arrivedFragments(TunnelPackets packets, String fragment) {
        Optional<Long> outer = identification(packets.window().dissectSent(fragment));
        return packets.window().at(packets.underlay(Place.B)).stream()
                .filter(seen -> identification(seen.dissect()).equals(outer))
                .count();
    }

    /** What the fragments of one outer packet have in common. */
    private static Optional<Long> identification(Dissection fragment) {
        return fragment.outerIp()
                .flatMap(outer -> outer instanceof Ipv4Header ipv4
                        ? Optional.of((long) ipv4.identification())
                        : fragment.first(Ipv6FragmentHeader.class).map(Ipv6FragmentHeader::identification));
    }

    /** How often the inner packet that begins within a fragment was seen at B's tunnel device. */
    private static long received(TunnelPackets packets, String head) {
        Bytes beginning =
                packets.window().dissectSent(head).innermostIp().orElseThrow().carried();
        return packets.window().at(packets.tunnel(Place.B)).stream()
                .map(seen -> TunnelPackets.innerIp(seen).carried())
                .filter(carried -> carried.length() >= beginning.length()
                        && carried.slice(0, beginning.length()).equals(beginning))
                .count();
    }

    /** The outer packets that carry a packet sent under a label, whole or in fragments, on A's underlay. */
    private static List<Seen> outerFragments(TunnelPackets packets, String label) {
        IpHeader sent = packets.window().dissectSent(label).innermostIp().orElseThrow();
        return packets.leaving(Place.A).stream()
                .filter(seen -> TunnelPackets.innerIp(seen).source().equals(sent.source()))
                .map(TunnelPackets::outer)
                .flatMap(first -> packets.leaving(Place.A).stream()
                        .filter(seen -> TunnelPackets.outer(seen).identification() == first.identification()))
                .toList();
    }
}
