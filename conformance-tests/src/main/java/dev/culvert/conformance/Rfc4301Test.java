package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.EspStimuli.OTHER_MARK;
import static dev.culvert.harness.stimulus.EspStimuli.OTHER_REMOTE;
import static dev.culvert.harness.stimulus.EspStimuli.UNPROTECTED;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.TunnelEnd;
import java.util.List;

@ConformanceTest("RFC 4301, security architecture: policies, and the outer header of tunnel mode")
class Rfc4301Test {

    private final Evidence evidence;

    Rfc4301Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC4301-5.1.2.1-ADDRESSES",
            level = Level.MUST,
            source = "RFC 4301 section 5.1.2.1",
            sentence = "The outer header of tunnel mode has the addresses of the state, version 4 and no options.",
            provoked = "A sends ICMP messages, one with an IP option.",
            observed = "Outer header of the packets on A's underlay.",
            kinds = {"vti"})
    void outerHeaderIsTheStates(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        TunnelEnd end = evidence.topology().a().tunnel();
        for (String label : List.of("length-84", "router-alert")) {
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> {
                Ipv4Header outer = TunnelPackets.outer(seen);
                judge.field(seen, outer, Ipv4Header.IHL, 5);
                judge.field(seen, outer, Ipv4Header.SOURCE, number(end.local().getAddress()));
                judge.field(
                        seen, outer, Ipv4Header.DESTINATION, number(end.remote().getAddress()));
            });
        }
    }

    @Requirement(
            id = "RFC4301-5.1.2.1-DSCP",
            level = Level.MUST,
            source =
                    "RFC 4301 section 5.1.2.1, RFC 6040 section 4.1; net/ipv4/xfrm4_mode_tunnel.c, since 5.2 net/xfrm/xfrm_output.c xfrm4_tunnel_encap_add",
            sentence =
                    "The outer DSCP is the inner one, and so is the outer ECN field, except that Linux makes ECT(0) of CE.",
            provoked = "A sends ICMP messages with DSCP 46 and every ECN field.",
            observed = "Second byte of the outer header, on A's underlay.",
            kinds = {"vti"})
    void outerTosIsTheInnerOne(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (int tos : new int[] {0xb8, 0xb9, 0xba}) {
            packets.once(judge, "tos-" + Integer.toHexString(tos), packets.underlay(Place.A))
                    .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.TOS, tos));
        }
        packets.once(judge, "tos-bb", packets.underlay(Place.A))
                .ifPresent(seen -> judge.knownField(
                        seen,
                        TunnelPackets.outer(seen),
                        Ipv4Header.TOS,
                        0xbb,
                        0xba,
                        "include/net/inet_ecn.h INET_ECN_encapsulate, by the rule of RFC 3168 section 9.1.1"));
    }

    @Requirement(
            id = "RFC4301-8.1-DF",
            level = Level.MUST,
            source = "RFC 4301 section 8.1; net/xfrm/xfrm_output.c xfrm4_tunnel_encap_add",
            sentence = "Unless a state says otherwise, the outer DF bit is the inner one.",
            provoked = "A sends an ICMP message with DF and one without.",
            observed = "DF of the outer header, on A's underlay.",
            kinds = {"vti"})
    void outerDfIsTheInnerOne(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        packets.once(judge, "df", packets.underlay(Place.A))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.DF, 1));
        packets.once(judge, "no-df", packets.underlay(Place.A))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.DF, 0));
    }

    @Requirement(
            id = "RFC4301-5.1-NO-PLAINTEXT",
            level = Level.MUST,
            source = "RFC 4301 section 5.1; net/ipv4/ip_vti.c vti_xmit, vti_state_check",
            sentence =
                    "A packet that no policy with the device's mark is for, or that no state protects, leaves neither protected nor plain: "
                            + "it is a tx error for want of a carrier.",
            provoked =
                    "A sends by its device while its key is the mark of no policy, and while the policy asks for a state to nobody.",
            observed = "A's underlay; tx_errors and tx_carrier_errors of A's tunnel device.",
            kinds = {"vti"})
    void nothingLeavesUnprotected(Judge judge) {
        for (String stimulus : List.of(OTHER_MARK, OTHER_REMOTE)) {
            TunnelPackets packets = new TunnelPackets(evidence, stimulus);
            judge.control(
                    "the packet came to A's tunnel device",
                    packets.of(UNPROTECTED, packets.tunnel(Place.A)).size() == 1);
            judge.equal(
                    "packets on A's underlay during \"" + stimulus + "\"",
                    0,
                    packets.window().atUnderlay(Place.A).size());
            for (String counter : List.of("tx_errors", "tx_carrier_errors")) {
                judge.equal(
                        counter + " of A's tunnel device during \"" + stimulus + "\"",
                        1L,
                        packets.window().tunnelDelta(Place.A, counter));
            }
        }
    }

    private static long number(byte[] address) {
        return Bytes.of(address).u32(0);
    }
}
