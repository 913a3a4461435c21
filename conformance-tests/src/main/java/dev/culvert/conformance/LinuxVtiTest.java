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
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("net/ipv4/ip_vti.c, a device that hands packets to IPsec")
class LinuxVtiTest {

    /** net.ipv4.ip_default_ttl, as every server has it. */
    private static final int DEFAULT_TTL = 64;

    private final Evidence evidence;

    LinuxVtiTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-VTI-OUTER",
            level = Level.LINUX,
            source = "net/xfrm/xfrm_output.c xfrm4_tunnel_encap_add",
            sentence =
                    "The outer TTL is that of the route, never the inner one, and with DF the outer identification is 0.",
            provoked = "A sends ICMP messages of TTL 9 and 64, and one with DF.",
            observed = "Outer header, on A's underlay.",
            kinds = {"vti"})
    void outerHeaderIsTheRoutes(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (String label : List.of("ttl-9", "ttl-64")) {
            packets.once(judge, label, packets.underlay(Place.A))
                    .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.TTL, DEFAULT_TTL));
        }
        packets.once(judge, "df", packets.underlay(Place.A))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.IDENTIFICATION, 0));
    }

    @Requirement(
            id = "RFC6040-4.2-XFRM",
            level = Level.MUST,
            source = "RFC 6040 section 4.2; RFC 4301 section 5.1.2.1",
            sentence =
                    "The inner ECN field after decapsulation is what RFC 6040's table says; Linux only lets CE through to a packet "
                            + "that is capable of it, and delivers the rest as it was.",
            provoked = "A composes ESP packets of ECN fields without and within.",
            observed = "Second byte of the packets on B's tunnel device.",
            kinds = {"vti"})
    void innerEcnFieldFollowsTheOuter(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ECN);
        for (List<Integer> fields : ECN_FIELDS) {
            int inner = fields.get(0);
            int outer = fields.get(1);
            List<Seen> delivered = packets.of(ecn(inner, outer), packets.tunnel(Place.B));
            String what = "what becomes of inner ECN " + inner + " within outer " + outer;
            String actual = delivered.isEmpty()
                    ? "dropped"
                    : String.valueOf(Ipv4Header.TOS.of(TunnelPackets.outer(delivered.get(0))));
            judge.known(
                    what,
                    byRfc6040(inner, outer),
                    outer == 3 && inner != 0 ? "3" : String.valueOf(inner),
                    actual,
                    "net/xfrm/xfrm_input.c ipip_ecn_decapsulate");
        }
    }

    @Requirement(
            id = "LINUX-VTI-RX-ERR",
            level = Level.LINUX,
            source = "net/ipv4/ip_vti.c vti_rcv_cb, vti_input; net/xfrm/xfrm_input.c xfrm_input",
            sentence =
                    "What IPsec refuses of the packets between the tunnel's ends is an rx error and a drop of the device; nobody is told.",
            provoked =
                    "A composes ESP packets that are repeated, behind the window, broken, under no SPI of B's, dummies and too short.",
            observed = "rx_packets, rx_errors and rx_dropped of B's tunnel device; ICMP errors on A's underlay.",
            kinds = {"vti"})
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
            source = "net/ipv4/ip_vti.c vti_xmit; net/xfrm/xfrm_state.c xfrm_state_mtu",
            sentence =
                    "The longest packet that the underlay carries once protected passes whole; one byte more is refused with DF, and "
                            + "its sender told that length, and without DF it leaves in two outer fragments.",
            provoked = "H sends J a packet of that length with DF, and one a byte longer with and without.",
            observed = "A's underlay; ICMP errors that H receives; the device's tx_errors; what comes to J.",
            needs = {Trait.LAN, Trait.ONE_LINK},
            kinds = {"vti"})
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
        List<Seen> errors = packets.errorsAbout(ONE_TOO_LONG, packets.host(Place.H));
        judge.equal("ICMP errors to H about \"" + ONE_TOO_LONG + "\"", 1, errors.size());
        for (Seen error : errors) {
            IcmpHeader icmp = error.dissect().icmp().orElseThrow();
            judge.field(error, icmp, IcmpHeader.TYPE, IcmpHeader.DESTINATION_UNREACHABLE);
            judge.field(error, icmp, IcmpHeader.CODE, 4);
            judge.field(error, icmp, IcmpHeader.NEXT_HOP_MTU, longest);
        }
        packets.once(judge, ONE_TOO_LONG_WITHOUT_DF, packets.host(Place.J));
        judge.equal(
                "outer fragments of \"" + ONE_TOO_LONG_WITHOUT_DF + "\"",
                2L,
                packets.window().atUnderlay(Place.A).stream()
                        .flatMap(seen -> seen.dissect().outerIpv4().stream())
                        .filter(ip -> ip.moreFragments() || Ipv4Header.FRAGMENT_OFFSET.of(ip) > 0)
                        .count());
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
