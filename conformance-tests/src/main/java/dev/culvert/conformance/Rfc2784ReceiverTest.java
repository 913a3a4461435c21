package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GreStimuli.BITS;
import static dev.culvert.harness.stimulus.GreStimuli.CHECKSUM_OR_NONE;
import static dev.culvert.harness.stimulus.GreStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.GreStimuli.IGNORED;
import static dev.culvert.harness.stimulus.GreStimuli.ROUTING;
import static dev.culvert.harness.stimulus.GreStimuli.STRICT_AND_RECURSION;
import static dev.culvert.harness.stimulus.GreStimuli.TAKEN_FOR_VERSION;
import static dev.culvert.harness.stimulus.GreStimuli.UNKNOWN_TYPE;
import static dev.culvert.harness.stimulus.GreStimuli.VERSIONS;
import static dev.culvert.harness.stimulus.GreStimuli.WRONG_CHECKSUM;
import static dev.culvert.harness.stimulus.GreStimuli.bits;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Family;

@ConformanceTest("RFC 2784, the GRE header as it is received")
@SpeaksOf(
        kinds = {"gre", "gretap", "ip6gre", "ip6gretap"},
        inside = {Family.IPV4, Family.IPV6},
        outside = {Family.IPV4, Family.IPV6},
        needs = Trait.COMPOSED)
final class Rfc2784ReceiverTest {

    private static final String PROVOKED =
            "A composes packets as its device sends them, each with an echo request inside and something changed in the GRE header.";
    private static final String OBSERVED = "B's echo replies on A's tunnel device, ICMP errors on A's underlay.";

    private final Evidence evidence;

    Rfc2784ReceiverTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2784-2.3-BITS1-5-RX",
            level = Level.MUST,
            source = "RFC 2784 section 2.3",
            sentence =
                    "A packet with one of bits 1, 4 and 5 set is discarded; Linux does so for bit 1, routing, and takes no notice of the "
                            + "others.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void discardsWhatOnlyRfc1701Knows(Judge judge) {
        ComposedPackets packets = bitsOf(judge);
        ROUTING.forEach(bit -> packets.ignored(judge, bits(bit)));
        for (int bit : STRICT_AND_RECURSION) {
            judge.known(
                    "answer to \"" + bits(bit) + "\"",
                    "none",
                    "echo reply",
                    packets.answer(bits(bit)),
                    "net/ipv4/gre_demux.c gre_parse_header: only GRE_VERSION and GRE_ROUTING are looked at");
        }
    }

    @Requirement(
            id = "RFC2784-2.3-BITS6-12-RX",
            level = Level.MUST,
            source = "RFC 2784 section 2.3",
            sentence =
                    "Bits 6 to 12 are ignored on receipt; Linux over IPv4 takes bits 9 to 12 for a part of the version and discards the packet.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void ignoresReservedBits(Judge judge) {
        ComposedPackets packets = bitsOf(judge);
        IGNORED.forEach(bit -> packets.taken(judge, bits(bit)));
        for (int bit : TAKEN_FOR_VERSION) {
            if (evidence.topology().outerFamily() == Family.IPV6) {
                // gre_rcv in net/ipv6/ip6_gre.c is not called by way of net/ipv4/gre_demux.c.
                packets.taken(judge, bits(bit));
                continue;
            }
            judge.known(
                    "answer to \"" + bits(bit) + "\"",
                    "echo reply",
                    "none",
                    packets.answer(bits(bit)),
                    "net/ipv4/gre_demux.c gre_rcv: ver = skb->data[1] & 0x7f");
        }
    }

    @Requirement(
            id = "RFC2784-2.3.1-VERSION",
            level = Level.MUST,
            source = "RFC 2784 section 2.3.1; net/ipv4/gre_demux.c gre_rcv, gre_parse_header",
            sentence = "A packet of another version than 0 is discarded, without an ICMP error.",
            provoked = PROVOKED + " Versions 1, 2 and 7.",
            observed = OBSERVED)
    void discardsOtherVersions(Judge judge) {
        ComposedPackets packets = bitsOf(judge);
        VERSIONS.forEach(version -> packets.ignored(judge, bits(version)));
    }

    @Requirement(
            id = "RFC2784-2.4-UNKNOWN-PROTO",
            level = Level.SHOULD,
            source = "RFC 2784 section 2.4",
            sentence = "A packet whose protocol type nobody knows is discarded, without an ICMP error.",
            provoked = PROVOKED + " Protocol type 0x1234.",
            observed = OBSERVED,
            kinds = {"gre", "ip6gre"})
    void discardsUnknownPayload(Judge judge) {
        composed(judge).ignored(judge, UNKNOWN_TYPE);
    }

    @Requirement(
            id = "RFC2784-2.5-BAD-CSUM",
            level = Level.MUST,
            source = "RFC 2784 section 2.1; net/ipv4/gre_demux.c gre_parse_header",
            sentence = "A packet with a wrong checksum is discarded; Linux counts it nowhere and says nothing.",
            provoked = PROVOKED + " A checksum that is wrong.",
            observed = OBSERVED + " Error counters of B's tunnel device.")
    void discardsAWrongChecksum(Judge judge) {
        ComposedPackets packets = composed(judge);
        packets.ignored(judge, WRONG_CHECKSUM);
        // One is that of the packet with or without a checksum: LINUX-GRE-CSUM-REQUIRED.
        judge.equal("rx_errors of B's tunnel device", 1L, packets.moved("rx_errors"));
    }

    @Requirement(
            id = "LINUX-GRE-CSUM-REQUIRED",
            level = Level.MUST,
            source = "RFC 2784 section 2.1",
            sentence =
                    "A receiver accepts a checksum whether it expects one or not; Linux refuses a packet that has one on a device without "
                            + "\"icsum\", as it does one that has none on a device with it.",
            provoked = PROVOKED + " A right checksum where the device has none, and none where the device has one.",
            observed = OBSERVED + " rx_errors and rx_crc_errors of B's tunnel device.")
    void checksumMustBeAsConfigured(Judge judge) {
        ComposedPackets packets = composed(judge);
        if (Trait.GRE_CHECKSUM.of(evidence.topology())) {
            packets.ignored(judge, CHECKSUM_OR_NONE);
        } else {
            judge.known(
                    "answer to a packet with a checksum",
                    "echo reply",
                    "none",
                    packets.answer(CHECKSUM_OR_NONE),
                    "net/ipv4/ip_tunnel.c ip_tunnel_rcv, net/ipv6/ip6_tunnel.c __ip6_tnl_rcv: TUNNEL_CSUM of packet and device must be the same");
        }
        judge.equal("rx_crc_errors of B's tunnel device", 1L, packets.moved("rx_crc_errors"));
    }

    private ComposedPackets composed(Judge judge) {
        return ComposedPackets.beside(judge, evidence, COMPOSED);
    }

    private ComposedPackets bitsOf(Judge judge) {
        return ComposedPackets.beside(judge, evidence, BITS);
    }
}
