package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.ForwardingStimuli.FORWARDED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

@ConformanceTest("RFC 2003 section 3.2, packets that routing failures bring back to the tunnel")
class Rfc2003Section32Test {

    private static final String SOURCE = "RFC 2003 section 3.2";

    private final Evidence evidence;

    Rfc2003Section32Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2003-3.2-SRC-IS-OWN",
            level = Level.MUST_NOT,
            source = SOURCE,
            sentence = "A packet to be forwarded whose source is the encapsulator's own address is not encapsulated.",
            provoked = "H sends J an ICMP message with A's internal address as its source.",
            observed = "Nothing of it on A's underlay, where H's own message passes; no error on A's tunnel device.",
            needs = Trait.LAN,
            kinds = {"ipip", "sit"})
    void ownSourceIsNotTunnelled(Judge judge) {
        TunnelPackets packets = forwarded(judge);
        judge.equal("times that A's own source was encapsulated", 0, encapsulated(packets, "source-is-own"));
        // Routing refuses it as a martian source (fib_validate_source) before the device hears of it.
        judge.equal("tx_errors of A's tunnel device", 0L, packets.window().tunnelDelta(Place.A, "tx_errors"));
    }

    @Requirement(
            id = "RFC2003-3.2-SRC-IS-EXIT",
            level = Level.MUST_NOT,
            source = SOURCE,
            sentence = "A packet whose source is the tunnel's exit is not encapsulated; Linux encapsulates it.",
            provoked = "H sends J an ICMP message with B's underlay address as its source; A filters no reverse path.",
            observed = "A's underlay, where H's own message passes.",
            needs = Trait.LAN,
            kinds = {"ipip", "sit"})
    void exitAsSourceIsNotTunnelled(Judge judge) {
        TunnelPackets packets = forwarded(judge);
        judge.known(
                "times that the exit as source was encapsulated",
                0,
                1,
                encapsulated(packets, "source-is-exit"),
                "net/ipv4/ipip.c ipip_tunnel_xmit compares no address; net/ipv6/ip6_tunnel.c ip6_tnl_addr_conflict does");
    }

    private TunnelPackets forwarded(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, FORWARDED);
        judge.control("H's own message left on A's underlay", encapsulated(packets, "ttl-64") == 1);
        return packets;
    }

    private static int encapsulated(TunnelPackets packets, String label) {
        return packets.of(label, packets.underlay(Place.A)).size();
    }
}
