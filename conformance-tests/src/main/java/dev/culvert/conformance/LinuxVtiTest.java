package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.EspStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.EspStimuli.ECN;
import static dev.culvert.harness.stimulus.EspStimuli.ECN_FIELDS;
import static dev.culvert.harness.stimulus.EspStimuli.LENGTHS;
import static dev.culvert.harness.stimulus.EspStimuli.LONGEST;
import static dev.culvert.harness.stimulus.EspStimuli.ONE_TOO_LONG;
import static dev.culvert.harness.stimulus.EspStimuli.ONE_TOO_LONG_WITHOUT_DF;
import static dev.culvert.harness.stimulus.EspStimuli.TAKEN;
import static dev.culvert.harness.stimulus.EspStimuli.ecn;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6FragmentHeader;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("net/ipv4/ip_vti.c and net/ipv6/ip6_vti.c, devices that hand packets to IPsec")
class LinuxVtiTest {

    /** net.ipv4.ip_default_ttl and net.ipv6.conf.*.hop_limit, as every server has them. */
    private static final int DEFAULT_TTL = 64;

    private final Evidence evidence;

    LinuxVtiTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-VTI-OUTER",
            level = Level.LINUX,
            source = "net/xfrm/xfrm_output.c xfrm4_tunnel_encap_add, xfrm6_tunnel_encap_add",
            sentence =
                    "The outer TTL or hop limit is that of the route, never the inner one, and with DF the outer identification is 0.",
            provoked = "A sends ICMP or ICMPv6 messages of TTL or hop limit 9 and 64, and one with DF.",
            observed = "Outer header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"vti", "vti6"})
    void outerHeaderIsTheRoutes(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (String label : List.of("ttl-9", "ttl-64")) {
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> {
                IpHeader outer = TunnelPackets.outerIp(seen);
                judge.field(seen, outer, outer.hopLimitField(), DEFAULT_TTL);
            });
        }
        if (evidence.topology().outerFamily() == Family.IPV4) {
            packets.once(judge, "df", packets.underlay(Place.A))
                    .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.IDENTIFICATION, 0));
        }
    }

    @Requirement(
            id = "RFC6040-4.2-XFRM",
            level = Level.MUST,
            source = "RFC 6040 section 4.2; RFC 4301 section 5.1.2.1",
            sentence =
                    "The inner ECN field after decapsulation is what RFC 6040's table says; Linux only lets CE through to a packet "
                            + "that is capable of it, and delivers the rest as it was.",
            provoked = "A composes ESP packets of ECN fields without and within.",
            observed = "TOS or traffic class of the packets on B's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"vti", "vti6"})
    void innerEcnFieldFollowsTheOuter(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ECN);
        for (List<Integer> fields : ECN_FIELDS) {
            int inner = fields.get(0);
            int outer = fields.get(1);
            List<Seen> delivered = packets.of(ecn(inner, outer), packets.tunnel(Place.B));
            String what = "what becomes of inner ECN " + inner + " within outer " + outer;
            String actual = delivered.isEmpty()
                    ? "dropped"
                    : String.valueOf(TunnelPackets.outerIp(delivered.get(0)).trafficClass());
            judge.known(
                    what,
                    byRfc6040(inner, outer),
                    outer == 3 && inner != 0 ? "3" : String.valueOf(inner),
                    actual,
                    "net/xfrm/xfrm_input.c ipip_ecn_decapsulate, ipip6_ecn_decapsulate");
        }
    }

    @Requirement(
            id = "LINUX-VTI-RX-ERR",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_vti.c vti_rcv_cb, vti_input; net/ipv6/ip6_vti.c vti6_rcv_cb, vti6_input_proto; net/xfrm/xfrm_input.c xfrm_input",
            sentence =
                    "What IPsec refuses of the packets between the tunnel's ends is an rx error and a drop of the device; nobody is told.",
            provoked =
                    "A composes ESP packets that are repeated, behind the window, broken, under no SPI of B's, dummies and too short.",
            observed = "rx_packets, rx_errors and rx_dropped of B's tunnel device; ICMP errors on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"vti", "vti6"})
    void refusedPacketsAreCounted(Judge judge) {
        ProtectedPackets packets = ProtectedPackets.during(evidence, COMPOSED);
        long refused = packets.window().stimulus().sent().size() - (long) TAKEN.size();
        judge.equal("rx_packets of B's tunnel device", (long) TAKEN.size(), moved(packets, "rx_packets"));
        judge.equal("rx_errors of B's tunnel device", refused, moved(packets, "rx_errors"));
        judge.equal("rx_dropped of B's tunnel device", refused, moved(packets, "rx_dropped"));
        judge.equal(
                "ICMP errors on A's underlay",
                0L,
                packets.window().atUnderlay(Place.A).stream()
                        .filter(seen -> seen.dissect().quoted().isPresent())
                        .count());
    }

    @Requirement(
            id = "LINUX-VTI-PMTU",
            level = Level.LINUX,
            source = "net/ipv4/ip_vti.c vti_xmit, net/ipv6/ip6_vti.c vti6_xmit; net/xfrm/xfrm_state.c xfrm_state_mtu",
            sentence =
                    "The longest packet that the underlay carries once protected passes whole; one byte more is refused with DF, or "
                            + "over IPv6, and its sender told that length, and without DF it leaves in two outer fragments.",
            provoked =
                    "H sends J a packet of that length, with DF if it is IPv4, and one a byte longer with and without.",
            observed = "A's underlay; ICMP or ICMPv6 errors that H receives; what comes to J.",
            needs = {Trait.LAN, Trait.ONE_LINK},
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"vti", "vti6"})
    void longestPacketIsWhatFitsProtected(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, LENGTHS);
        int longest = evidence.topology()
                .longestWithin(evidence.topology().a().underlay().mtu());
        packets.once(judge, LONGEST, packets.underlay(Place.A));
        packets.once(judge, LONGEST, packets.host(Place.J));
        judge.equal(
                "times that \"" + ONE_TOO_LONG + "\" came to J",
                0,
                packets.of(ONE_TOO_LONG, packets.host(Place.J)).size());
        TooLong.told(judge, packets, ONE_TOO_LONG, longest);
        if (evidence.topology().innerFamily() == Family.IPV4) {
            packets.once(judge, ONE_TOO_LONG_WITHOUT_DF, packets.host(Place.J));
            judge.equal(
                    "outer fragments of \"" + ONE_TOO_LONG_WITHOUT_DF + "\"",
                    2L,
                    packets.window().atUnderlay(Place.A).stream()
                            .filter(LinuxVtiTest::isFragment)
                            .count());
        }
    }

    private static boolean isFragment(Seen seen) {
        Dissection packet = seen.dissect();
        return packet.first(Ipv6FragmentHeader.class).isPresent()
                || packet.outerIpv4()
                        .filter(ip -> ip.moreFragments() || Ipv4Header.FRAGMENT_OFFSET.of(ip) > 0)
                        .isPresent();
    }

    /** The table of RFC 6040 section 4.2, the values that this requirement provokes. */
    private static String byRfc6040(int inner, int outer) {
        if (outer == 3) {
            return inner == 0 ? "dropped" : "3";
        }
        return inner == 2 && outer == 1 ? "1" : String.valueOf(inner);
    }

    private static long moved(ProtectedPackets packets, String counter) {
        return packets.window().tunnelDelta(Place.B, counter);
    }
}
