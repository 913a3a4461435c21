package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("RFC 6040 section 4.1, ECN at the entry of a tunnel")
@SpeaksOf(
        kinds = {"erspan", "geneve", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"},
        inside = {Family.IPV4, Family.IPV6},
        outside = {Family.IPV4, Family.IPV6})
class Rfc6040Section41Test {

    private static final String SOURCE = "RFC 6040 section 4.1";
    private static final String PROVOKED =
            "A sends ICMP messages of that ECN field: as configured, with \"tos 0x12\" and with \"tos inherit\" (tclass over IPv6).";
    private static final String OBSERVED = "ECN field of the outer header, on A's underlay.";

    private final Evidence evidence;

    Rfc6040Section41Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC6040-4.1-NOTECT",
            level = Level.MUST,
            source = SOURCE,
            sentence = "A packet that is Not-ECT gets a Not-ECT outer header; GRE over IPv6 takes what the device has.",
            provoked = PROVOKED,
            observed = OBSERVED,
            groups = true)
    void notEct(Judge judge) {
        each(judge, 0);
    }

    @Requirement(
            id = "RFC6040-4.1-ECT",
            level = Level.MUST,
            source = SOURCE,
            sentence = "ECT(0) and ECT(1) are copied to the outer header; GRE over IPv6 takes what the device has.",
            provoked = PROVOKED,
            observed = OBSERVED,
            groups = true)
    void ect(Judge judge) {
        each(judge, 1);
        each(judge, 2);
    }

    @Requirement(
            id = "RFC6040-4.1-CE",
            level = Level.MUST,
            source = SOURCE,
            sentence =
                    "CE is copied to the outer header; Linux writes ECT(0), as RFC 3168 section 9.1.1 had it, and GRE over IPv6 takes what the device has.",
            provoked = PROVOKED,
            observed = OBSERVED,
            groups = true)
    void ce(Judge judge) {
        each(judge, 3);
    }

    /** The ECN field of the outer header over an inner one is the same, whatever the options of the device are. */
    private void each(Judge judge, int inner) {
        for (String stimulus : List.of(AS_CONFIGURED, FIXED, INHERITED)) {
            TunnelPackets packets = new TunnelPackets(evidence, stimulus);
            int tos = 0xb8 | inner;
            int linux = OptionsInForce.during(packets.window()).tos(tos) & 3;
            packets.once(judge, "tos-" + Integer.toHexString(tos), packets.underlay(Place.A))
                    .ifPresent(seen -> ecn(judge, seen, inner, linux));
        }
    }

    private void ecn(Judge judge, Seen seen, int rfc, int linux) {
        IpHeader outer = TunnelPackets.outerIp(seen);
        if (rfc == linux) {
            judge.field(seen, outer, outer.ecnField(), rfc);
        } else {
            judge.knownField(seen, outer, outer.ecnField(), rfc, linux, source());
        }
    }

    private String source() {
        return evidence.topology().kind().encapsulatesEcn()
                ? "include/net/inet_ecn.h INET_ECN_encapsulate: an inner CE becomes ECT(0)"
                : "net/ipv6/ip6_gre.c prepare_ip6gre_xmit_ipv4, prepare_ip6gre_xmit_ipv6: the traffic class is taken as it is";
    }
}
