package dev.culvert.conformance;

import static dev.culvert.harness.packet.IcmpHeader.CODE;
import static dev.culvert.harness.packet.IcmpHeader.DESTINATION_UNREACHABLE;
import static dev.culvert.harness.packet.IcmpHeader.TYPE;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.ERRORS;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.FIXED_TTL;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.TO_A;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.stimulus.TunnelError;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("RFC 2003 section 4, ICMP messages from within the tunnel")
class Rfc2003Section4Test {

    private static final int HOST_UNREACHABLE = 1;
    private static final int TIMESTAMP_REPLY = 14;

    private final Evidence evidence;

    Rfc2003Section4Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2003-4-RELAY",
            level = Level.MAY,
            source = "RFC 2003 section 4; net/ipv4/ipip.c ipip_err",
            sentence =
                    "The encapsulator may make an error for the original sender of the one that it received; Linux never does"
                            + " so at once, but tells of later packets.",
            provoked = "Every ICMP error comes to A about a packet of H; after each H sends J two packets.",
            observed = "Each ICMP error that comes to H: the packet that it quotes is one that H sent meanwhile.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD, Trait.OWN_ENDS})
    void nothingIsRelayedAtOnce(Judge judge) {
        OriginalSender sender = new OriginalSender(evidence, ERRORS);
        for (TunnelError error : TunnelError.values()) {
            sender.provoked(judge, error);
        }
        judge.control("ICMP errors reach H", !sender.told().isEmpty());
        judge.equal(
                "ICMP errors at H about packets that H did not send",
                0,
                sender.toldOfNothingSent().size());
    }

    @Requirement(
            id = "RFC2003-4.2-SOURCE-QUENCH",
            level = Level.SHOULD_NOT,
            source = "RFC 2003 section 4.2",
            sentence = "A source quench from within the tunnel is not relayed to the original sender.",
            provoked = "A source quench about an encapsulated packet comes to A; then H sends J two packets.",
            observed = "ICMP errors at H; A's underlay for the two packets.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD})
    void sourceQuenchIsNotRelayed(Judge judge) {
        new OriginalSender(evidence, ERRORS).toldNothing(judge, TunnelError.SOURCE_QUENCH);
    }

    @Requirement(
            id = "RFC2003-4.3-REDIRECT",
            level = Level.MUST_NOT,
            source = "RFC 2003 section 4.3",
            sentence = "A redirect from within the tunnel is A's own matter and is not relayed to the original sender.",
            provoked = "A redirect about an encapsulated packet comes to A; then H sends J two packets.",
            observed = "ICMP errors at H; A's underlay for the two packets.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD})
    void redirectIsNotRelayed(Judge judge) {
        new OriginalSender(evidence, ERRORS).toldNothing(judge, TunnelError.REDIRECT);
    }

    @Requirement(
            id = "RFC2003-4.4-TIME-EXCEEDED",
            level = Level.MUST,
            source = "RFC 2003 section 4.4",
            sentence =
                    "A time exceeded from within the tunnel is told to the original sender as host unreachable; Linux does so"
                            + " where the device has a TTL of its own, and never for a reassembly.",
            provoked =
                    "Time exceeded messages, codes 0 and 1, come to A; after each H sends J two packets: as configured and"
                            + " with \"ttl 40\".",
            observed = "ICMP errors at H, their type and code.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD, Trait.OWN_ENDS})
    void timeExceededIsToldAsHostUnreachable(Judge judge) {
        for (String stimulus : List.of(ERRORS, FIXED_TTL)) {
            OriginalSender sender = new OriginalSender(evidence, stimulus);
            if (OptionsInForce.during(evidence.during(stimulus)).inheritsTtl()) {
                knownToBeUntold(judge, sender, TunnelError.TIME_EXCEEDED, "its ttl is 0 (inherit)");
            } else {
                sender.toldOnce(judge, TunnelError.TIME_EXCEEDED).ifPresent(seen -> {
                    IcmpHeader icmp = seen.dissect().icmp().orElseThrow();
                    judge.field(seen, icmp, TYPE, DESTINATION_UNREACHABLE);
                    judge.field(seen, icmp, CODE, HOST_UNREACHABLE);
                });
            }
            knownToBeUntold(judge, sender, TunnelError.REASSEMBLY_TIME_EXCEEDED, "the code is not ICMP_EXC_TTL");
        }
    }

    private static void knownToBeUntold(Judge judge, OriginalSender sender, TunnelError error, String reason) {
        sender.provoked(judge, error);
        judge.known(
                "ICMP errors to H after \"" + error.label() + "\"",
                1,
                0,
                sender.toldAfter(error),
                "net/ipv4/ipip.c ipip_err passes over a time exceeded where " + reason);
    }

    @Requirement(
            id = "RFC2003-4.5-PARAM-PROBLEM",
            level = Level.MUST_NOT,
            source = "RFC 2003 section 4.5",
            sentence = "A parameter problem in a field that A added is not relayed to the original sender.",
            provoked = "A parameter problem that points at the outer TTL comes to A; then H sends J two packets.",
            observed = "ICMP errors at H; A's underlay for the two packets.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD})
    void parameterProblemIsNotRelayed(Judge judge) {
        new OriginalSender(evidence, ERRORS).toldNothing(judge, TunnelError.PARAMETER_PROBLEM);
    }

    @Requirement(
            id = "RFC2003-4.6-OTHER-ICMP",
            level = Level.MUST,
            source = "RFC 2003 section 4.6",
            sentence = "ICMP messages that are no errors about encapsulated packets are handled as by any host.",
            provoked = "B sends an echo request and a timestamp request to A's outer address.",
            observed = "The replies on A's underlay, which are not within the tunnel.",
            kinds = {"ipip", "sit"})
    void otherMessagesAreAnswered(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, TO_A);
        answered(judge, packets, "echo", IcmpHeader.ECHO_REPLY);
        answered(judge, packets, "timestamp", TIMESTAMP_REPLY);
    }

    private static void answered(Judge judge, TunnelPackets packets, String label, int replyType) {
        var underlay = packets.underlay(Place.A);
        Seen request = packets.of(label, underlay).stream().findFirst().orElse(null);
        judge.control("the " + label + " request came to A", request != null);
        Ipv4Header asked = TunnelPackets.outer(request);
        int identifier = request.dissect().icmp().orElseThrow().identifier();
        List<Seen> replies = packets.window().at(underlay).stream()
                .filter(seen -> seen.dissect()
                        .icmp()
                        .filter(icmp -> icmp.type() == replyType && icmp.identifier() == identifier)
                        .isPresent())
                .toList();
        judge.equal("replies to the " + label + " request", 1, replies.size());
        for (Seen reply : replies) {
            judge.equal(
                    "ip headers around the " + label + " reply",
                    1L,
                    reply.dissect().all(Ipv4Header.class).count());
            Ipv4Header ip = TunnelPackets.outer(reply);
            judge.equal("source of the reply", asked.destination(), ip.source(), reply, ip.offset() + 12, 4);
            judge.equal("destination of the reply", asked.source(), ip.destination(), reply, ip.offset() + 16, 4);
        }
    }
}
