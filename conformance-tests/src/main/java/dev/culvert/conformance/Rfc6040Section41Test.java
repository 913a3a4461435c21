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
import java.util.function.Consumer;

@ConformanceTest("RFC 6040 section 4.1, ECN at the entry of a tunnel")
class Rfc6040Section41Test {

    private static final String SOURCE = "RFC 6040 section 4.1";
    private static final String PROVOKED =
            "A sends ICMP messages of that ECN field: as configured, with \"tos 0x12\" and with \"tos inherit\".";
    private static final String OBSERVED = "ECN field of the outer header, on A's underlay.";

    private final Evidence evidence;

    Rfc6040Section41Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC6040-4.1-NOTECT",
            level = Level.MUST,
            source = SOURCE,
            sentence = "A packet that is Not-ECT gets a Not-ECT outer header.",
            provoked = PROVOKED,
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gre", "gretap", "ip6tnl", "ipip", "sit"})
    void notEct(Judge judge) {
        each(judge, "tos-b8", seen -> ecn(judge, seen, 0));
    }

    @Requirement(
            id = "RFC6040-4.1-ECT",
            level = Level.MUST,
            source = SOURCE,
            sentence = "ECT(0) and ECT(1) are copied to the outer header.",
            provoked = PROVOKED,
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gre", "gretap", "ip6tnl", "ipip", "sit"})
    void ect(Judge judge) {
        each(judge, "tos-b9", seen -> ecn(judge, seen, 1));
        each(judge, "tos-ba", seen -> ecn(judge, seen, 2));
    }

    @Requirement(
            id = "RFC6040-4.1-CE",
            level = Level.MUST,
            source = SOURCE,
            sentence = "CE is copied to the outer header; Linux writes ECT(0), as RFC 3168 section 9.1.1 had it.",
            provoked = PROVOKED,
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gre", "gretap", "ip6tnl", "ipip", "sit"})
    void ce(Judge judge) {
        each(
                judge,
                "tos-bb",
                seen -> judge.knownField(
                        seen,
                        TunnelPackets.outerIp(seen),
                        TunnelPackets.outerIp(seen).ecnField(),
                        3,
                        2,
                        "include/net/inet_ecn.h INET_ECN_encapsulate: an inner CE becomes ECT(0)"));
    }

    private static void ecn(Judge judge, Seen seen, int expected) {
        IpHeader outer = TunnelPackets.outerIp(seen);
        judge.field(seen, outer, outer.ecnField(), expected);
    }

    private void each(Judge judge, String label, Consumer<Seen> check) {
        for (String stimulus : List.of(AS_CONFIGURED, FIXED, INHERITED)) {
            TunnelPackets packets = new TunnelPackets(evidence, stimulus);
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(check);
        }
    }
}
