package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GueStimuli.BEYOND_PACKET;
import static dev.culvert.harness.stimulus.GueStimuli.CONTROL;
import static dev.culvert.harness.stimulus.GueStimuli.DIRECT;
import static dev.culvert.harness.stimulus.GueStimuli.DIRECT_UNKNOWN;
import static dev.culvert.harness.stimulus.GueStimuli.HEADERS;
import static dev.culvert.harness.stimulus.GueStimuli.LESS_THAN_NEEDED;
import static dev.culvert.harness.stimulus.GueStimuli.MORE_THAN_NEEDED;
import static dev.culvert.harness.stimulus.GueStimuli.NO_PRIVATE_FLAG;
import static dev.culvert.harness.stimulus.GueStimuli.NO_PROTOCOL;
import static dev.culvert.harness.stimulus.GueStimuli.REMOTE_CHECKSUM;
import static dev.culvert.harness.stimulus.GueStimuli.UNKNOWN_FLAGS;
import static dev.culvert.harness.stimulus.GueStimuli.UNKNOWN_PRIVATE_FLAG;
import static dev.culvert.harness.stimulus.GueStimuli.UNKNOWN_PROTOCOL;
import static dev.culvert.harness.stimulus.GueStimuli.UNKNOWN_VERSIONS;
import static dev.culvert.harness.stimulus.GueStimuli.flags;
import static dev.culvert.harness.stimulus.GueStimuli.version;
import static dev.culvert.harness.stimulus.PositiveControl.AS_IT_SHOULD_BE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Family;

@ConformanceTest("draft-ietf-intarea-gue-09, the GUE header as it is received")
@SpeaksOf(
        kinds = {"gre", "gretap", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"},
        inside = {Family.IPV4, Family.IPV6},
        outside = {Family.IPV4, Family.IPV6},
        needs = {Trait.GUE, Trait.COMPOSED})
final class GueReceiverTest {

    private static final String RECEIVER = "net/ipv4/fou_core.c gue_udp_recv";
    private static final String SECTION = "draft-ietf-intarea-gue-09 section 3; ";
    private static final String PROVOKED =
            "A composes packets as its device sends them, each with an echo request inside and something changed in the GUE header.";
    private static final String OBSERVED = "B's echo replies on A's tunnel device, ICMP errors on A's underlay.";

    private final Evidence evidence;

    GueReceiverTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "GUE-RX-VARIANT1",
            level = Level.MUST,
            source = "draft-ietf-intarea-gue-09 section 4; " + RECEIVER,
            sentence =
                    "Where the first bits are 01 there is no header: an IP packet is taken as it is. One of an IP version that nobody "
                            + "knows is dropped.",
            provoked = PROVOKED,
            observed = OBSERVED,
            kinds = {"ip6tnl", "ipip", "sit"})
    void packetWithoutHeader(Judge judge) {
        ComposedPackets packets = headers(judge);
        packets.taken(judge, DIRECT);
        packets.ignored(judge, DIRECT_UNKNOWN);
    }

    @Requirement(
            id = "GUE-RX-VERSION",
            level = Level.MUST,
            source = SECTION + RECEIVER,
            sentence = "A header of version 2 or 3 is dropped without an ICMP error.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void unknownVersion(Judge judge) {
        ComposedPackets packets = headers(judge);
        UNKNOWN_VERSIONS.forEach(version -> packets.ignored(judge, version(version)));
    }

    @Requirement(
            id = "GUE-RX-CONTROL",
            level = Level.MUST,
            source = SECTION + "net/ipv4/fou_core.c gue_control_message",
            sentence = "A control message is not taken for a packet; Linux knows none, and drops each.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void controlMessage(Judge judge) {
        headers(judge).ignored(judge, CONTROL);
    }

    @Requirement(
            id = "GUE-RX-FLAGS",
            level = Level.MUST,
            source = SECTION + "include/net/gue.h validate_gue_flags",
            sentence =
                    "A packet with a flag or a private flag that nobody knows, or with flags that announce more than hlen has room for, is "
                            + "dropped; private flags that are all 0 do no harm.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void unknownFlags(Judge judge) {
        ComposedPackets packets = headers(judge);
        UNKNOWN_FLAGS.forEach(flags -> packets.ignored(judge, flags(flags)));
        packets.ignored(judge, UNKNOWN_PRIVATE_FLAG);
        packets.ignored(judge, LESS_THAN_NEEDED);
        packets.taken(judge, NO_PRIVATE_FLAG);
    }

    @Requirement(
            id = "GUE-RX-HLEN",
            level = Level.MUST,
            source = SECTION + RECEIVER,
            sentence =
                    "What hlen counts and no flag announces is skipped; a header that is longer than the packet is dropped.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void headerLength(Judge judge) {
        ComposedPackets packets = headers(judge);
        packets.taken(judge, MORE_THAN_NEEDED);
        packets.ignored(judge, BEYOND_PACKET);
    }

    @Requirement(
            id = "GUE-RX-PROTO",
            level = Level.LINUX,
            source = RECEIVER
                    + "; net/ipv4/ip_input.c ip_protocol_deliver_rcu, net/ipv6/ip6_input.c ip6_protocol_deliver_rcu",
            sentence =
                    "What the header says follows is delivered as an IP protocol: one that nobody handles is answered with ICMP type 3 code 2, over IPv6 ICMPv6 type 4 code 1, "
                            + "and protocol 0 is dropped.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void protocol(Judge judge) {
        ComposedPackets packets = headers(judge);
        String refusal = evidence.topology().outerFamily() == Family.IPV4 ? "ICMP 3/2" : "ICMPv6 4/1";
        judge.equal("answer to \"" + UNKNOWN_PROTOCOL + "\"", refusal, packets.answer(UNKNOWN_PROTOCOL));
        packets.ignored(judge, NO_PROTOCOL);
    }

    @Requirement(
            id = "GUE-RX-REMCSUM",
            level = Level.LINUX,
            source = "net/ipv4/fou_core.c gue_remcsum, include/linux/skbuff.h skb_remcsum_process",
            sentence =
                    "A packet that comes with its checksum left open, and says so, is taken, whether the receiver itself sends such or not.",
            provoked = PROVOKED + " The ICMP checksum is 0, and GUE's optional fields say where it belongs.",
            observed = OBSERVED)
    void remoteChecksum(Judge judge) {
        headers(judge).taken(judge, REMOTE_CHECKSUM);
    }

    private ComposedPackets headers(Judge judge) {
        ComposedPackets packets = ComposedPackets.during(evidence, HEADERS);
        judge.control("a header as it should be was answered", packets.answered(AS_IT_SHOULD_BE));
        return packets;
    }
}
