package dev.culvert.conformance;

import static dev.culvert.harness.packet.GreHeader.KEY_PRESENT;
import static dev.culvert.harness.packet.GreHeader.SEQUENCE_PRESENT;
import static dev.culvert.harness.stimulus.GreStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.GreStimuli.KEY_OR_NONE;
import static dev.culvert.harness.stimulus.GreStimuli.OTHER_KEY;
import static dev.culvert.harness.stimulus.GreStimuli.SEQUENCE;
import static dev.culvert.harness.stimulus.GreStimuli.UNNUMBERED;
import static dev.culvert.harness.stimulus.GreStimuli.numbered;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Map;

@ConformanceTest("RFC 2890, key and sequence number of GRE")
final class Rfc2890Test {

    private static final String SENT = "A sends ICMP or ICMPv6 messages of many shapes through the tunnel.";
    private static final String OUT_OF_ORDER =
            "A composes packets numbered n, n, n + 5, n + 4, n + 5, n + 6 + 2^31 and one without a number.";
    private static final String ANSWERS = "B's echo replies on A's tunnel device; errors of B's tunnel device.";

    private final Evidence evidence;

    Rfc2890Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2890-2-K-BIT",
            level = Level.MUST,
            source = "RFC 2890 sections 2 and 2.1",
            sentence =
                    "The key present bit is set exactly where the device has a key, and the key is the configured one.",
            provoked = SENT,
            observed = "Bit 2 of the GRE header and its key, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"})
    void key(Judge judge) {
        Map<String, String> options = evidence.topology().a().tunnel().options().given();
        String key = options.getOrDefault("okey", options.get("key"));
        for (Seen seen : leaving(judge)) {
            GreHeader gre = gre(seen);
            judge.field(seen, gre, KEY_PRESENT, key == null ? 0 : 1);
            if (key != null) {
                gre.key().ifPresent(field -> judge.field(seen, gre, field, Long.parseLong(key)));
            }
        }
    }

    @Requirement(
            id = "RFC2890-2-S-BIT",
            level = Level.MUST,
            source = "RFC 2890 section 2",
            sentence = "The sequence number present bit is set exactly where the device has \"seq\".",
            provoked = SENT,
            observed = "Bit 3 of the GRE header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"})
    void sequencePresent(Judge judge) {
        long expected = Trait.GRE_SEQUENCE.of(evidence.topology()) ? 1 : 0;
        leaving(judge).forEach(seen -> judge.field(seen, gre(seen), SEQUENCE_PRESENT, expected));
    }

    @Requirement(
            id = "RFC2890-2.2-SEQ-START",
            level = Level.MUST,
            source = "RFC 2890 section 2.2",
            sentence = "The first packet of a device has sequence number 0, and each one more than the last.",
            provoked = SENT + " They are the first that the device sends.",
            observed = "Sequence numbers on A's underlay, in order.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"},
            needs = Trait.GRE_SEQUENCE)
    void numbersStartAtZero(Judge judge) {
        List<Seen> sent = leaving(judge);
        for (int n = 0; n < sent.size(); n++) {
            Seen seen = sent.get(n);
            GreHeader gre = gre(seen);
            Field number = gre.sequenceNumber().orElseThrow(() -> new NotObserved("no sequence number in " + gre));
            judge.field(seen, gre, number, n);
        }
    }

    @Requirement(
            id = "RFC2890-2.2-SEQ-OLD",
            level = Level.SHOULD,
            source = "RFC 2890 section 2.2; net/ipv4/ip_tunnel.c ip_tunnel_rcv, net/ipv6/ip6_tunnel.c __ip6_tnl_rcv",
            sentence =
                    "A number that is the last one's or up to 2^31 behind it is out of order: the packet is silently discarded.",
            provoked = OUT_OF_ORDER,
            observed = ANSWERS,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"},
            needs = Trait.GRE_SEQUENCE)
    void discardsOldNumbers(Judge judge) {
        ComposedPackets packets = outOfOrder(judge);
        List.of(1, 3, 4, 5).forEach(n -> packets.ignored(judge, numbered(n)));
        // the four above, and the one without a number
        judge.equal("rx_errors of B's tunnel device", 5L, packets.moved("rx_errors"));
        judge.equal("rx_fifo_errors of B's tunnel device", 5L, packets.moved("rx_fifo_errors"));
    }

    @Requirement(
            id = "RFC2890-2.2-SEQ-GAP",
            level = Level.MAY,
            source = "RFC 2890 section 2.2; net/ipv4/ip_tunnel.c ip_tunnel_rcv, net/ipv6/ip6_tunnel.c __ip6_tnl_rcv",
            sentence = "A packet behind a gap may wait for those that are missing; Linux takes it at once.",
            provoked = OUT_OF_ORDER,
            observed = ANSWERS,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"},
            needs = Trait.GRE_SEQUENCE)
    void takesWhatIsBehindAGap(Judge judge) {
        outOfOrder(judge).taken(judge, numbered(2));
    }

    @Requirement(
            id = "RFC2890-2.2-NO-SEQ-MIX",
            level = Level.MUST,
            source = "RFC 2890 section 2.2",
            sentence =
                    "Packets without a number may come among those with one; Linux discards them on a device with \"iseq\".",
            provoked = OUT_OF_ORDER,
            observed = ANSWERS,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"},
            needs = Trait.GRE_SEQUENCE)
    void takesPacketsWithoutANumber(Judge judge) {
        judge.known(
                "answer to a packet without a number",
                "echo reply",
                "none",
                outOfOrder(judge).answer(UNNUMBERED),
                "net/ipv4/ip_tunnel.c ip_tunnel_rcv, net/ipv6/ip6_tunnel.c __ip6_tnl_rcv: TUNNEL_SEQ of the device asks for TUNNEL_SEQ of the packet");
    }

    @Requirement(
            id = "RFC2890-2.1-KEY-DEMUX",
            level = Level.MUST,
            source =
                    "RFC 2890 section 2.1; net/ipv4/ip_tunnel.c ip_tunnel_key_match, net/ipv6/ip6_gre.c ip6gre_tunnel_lookup",
            sentence =
                    "The key tells tunnels apart: a packet of another key, or with a key where the device has none, finds no tunnel; to Linux over IPv6 a "
                            + "key of 0 and none are the same.",
            provoked =
                    "A composes packets with another key, with key 0 where there is none, and with none where there is one.",
            observed = "ICMP errors on A's underlay, beside the echo reply to a packet of the right key.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"},
            needs = {Trait.COMPOSED, Trait.OWN_ENDS})
    void keyTellsTunnelsApart(Judge judge) {
        ComposedPackets packets = ComposedPackets.beside(judge, evidence, COMPOSED);
        packets.refused(judge, OTHER_KEY);
        boolean keyed = Trait.GRE_KEY.of(evidence.topology());
        if (keyed || evidence.topology().outerFamily() == Family.IPV4) {
            packets.refused(judge, KEY_OR_NONE);
        } else {
            judge.known(
                    "answer to a packet of key 0",
                    packets.refusal(KEY_OR_NONE),
                    "echo reply",
                    packets.answer(KEY_OR_NONE),
                    "net/ipv6/ip6_gre.c ip6gre_tunnel_lookup compares keys and not whether there are any");
        }
    }

    private ComposedPackets outOfOrder(Judge judge) {
        ComposedPackets packets = ComposedPackets.during(evidence, SEQUENCE);
        judge.control("the packet that began was answered", packets.answered(numbered(0)));
        return packets;
    }

    private List<Seen> leaving(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        packets.once(judge, "length-84", packets.underlay(Place.A));
        return packets.leaving(Place.A);
    }

    private static GreHeader gre(Seen seen) {
        return seen.dissect()
                .gre()
                .orElseThrow(() -> new NotObserved(
                        "no GRE header in packet " + seen.packet().index() + " of " + seen.at()));
    }
}
