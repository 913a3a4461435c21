package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.ErspanStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.ErspanStimuli.OLD_NUMBER;
import static dev.culvert.harness.stimulus.ErspanStimuli.OTHER_SESSION;
import static dev.culvert.harness.stimulus.ErspanStimuli.OTHER_TYPE;
import static dev.culvert.harness.stimulus.ErspanStimuli.ROUND;
import static dev.culvert.harness.stimulus.ErspanStimuli.SHORT;
import static dev.culvert.harness.stimulus.ErspanStimuli.UNKNOWN_VERSION;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Family;
import java.util.List;

@ConformanceTest("draft-foschiano-erspan-02 and net/ipv4/ip_gre.c erspan_rcv, what a receiver takes")
final class ErspanReceiverTest {

    private static final String OBSERVED = "Echo replies from A's tunnel device, ICMP errors on A's underlay.";
    private static final String NOT_COMPARED =
            "net/ipv4/ip_gre.c erspan_rcv, net/ipv6/ip6_gre.c ip6erspan_rcv: a tunnel is looked up by addresses and session id; include/net/erspan.h erspan_hdr_len takes "
                    + "every version but 0 and 1 for 2";

    private final Evidence evidence;

    ErspanReceiverTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "ERSPAN-RX-SESSION",
            level = Level.MUST,
            source = "draft-foschiano-erspan-02 section 4.2; net/ipv4/ip_gre.c erspan_rcv",
            sentence = "A packet of another session finds no tunnel.",
            provoked = "A composes a packet of the session of B's device, and one of the session beside it.",
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = {Trait.ERSPAN_NUMBERED, Trait.OWN_ENDS})
    void otherSessionIsRefused(Judge judge) {
        composed(judge).refused(judge, OTHER_SESSION);
    }

    @Requirement(
            id = "ERSPAN-RX-VERSION",
            level = Level.MUST,
            source = "draft-foschiano-erspan-02 sections 4.2, 4.3",
            sentence =
                    "The version says what the header is, so a receiver takes that of its session only; Linux takes all.",
            provoked =
                    "A composes a packet of type III for a device of type II, or the other way round, and one of version 7.",
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = {Trait.ERSPAN_NUMBERED, Trait.OWN_ENDS})
    void otherVersionsAreNotTaken(Judge judge) {
        ComposedPackets packets = composed(judge);
        for (String label : new String[] {OTHER_TYPE, UNKNOWN_VERSION}) {
            judge.known("answer to \"" + label + "\"", "none", "echo reply", packets.answer(label), NOT_COMPARED);
        }
    }

    @Requirement(
            id = "ERSPAN-RX-SEQ",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_rcv, net/ipv6/ip6_tunnel.c __ip6_tnl_rcv",
            sentence =
                    "A number that has been is out of order, and its packet is dropped without a word and counted; behind the last number of 32 "
                            + "bits the next may be any.",
            provoked =
                    "A composes packets with numbers ahead, one with a number that has been, and some up to 0xffffffff.",
            observed = OBSERVED + " rx_errors and rx_fifo_errors of B's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = {Trait.ERSPAN_NUMBERED, Trait.OWN_ENDS})
    void oldNumbersAreDropped(Judge judge) {
        ComposedPackets packets = composed(judge);
        packets.ignored(judge, OLD_NUMBER);
        judge.equal("rx_fifo_errors of B's tunnel device", 1L, packets.moved("rx_fifo_errors"));
        judge.equal("rx_errors of B's tunnel device", 1L, packets.moved("rx_errors"));
        ROUND.forEach(label -> packets.taken(judge, label));
    }

    @Requirement(
            id = "ERSPAN-RX-SHORT",
            level = Level.LINUX,
            source = "net/ipv4/ip_gre.c erspan_rcv, gre_rcv; net/ipv6/ip6_gre.c ip6erspan_rcv, gre_rcv",
            sentence = "A packet that ends within its ERSPAN header is refused like one that no tunnel is for.",
            provoked = "A composes a packet with the first four bytes of the header, and nothing behind them.",
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = {Trait.ERSPAN_NUMBERED, Trait.OWN_ENDS})
    void shortHeaderIsRefused(Judge judge) {
        ComposedPackets packets = composed(judge);
        judge.equal("ICMP errors about \"" + SHORT + "\"", List.of(packets.refusal(SHORT)), packets.errors(SHORT));
    }

    private ComposedPackets composed(Judge judge) {
        return ComposedPackets.beside(judge, evidence, COMPOSED);
    }
}
