package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GeneveStimuli.BARE_IPV4;
import static dev.culvert.harness.stimulus.GeneveStimuli.CHECKSUM_OR_NONE;
import static dev.culvert.harness.stimulus.GeneveStimuli.CONTROL;
import static dev.culvert.harness.stimulus.GeneveStimuli.CRITICAL;
import static dev.culvert.harness.stimulus.GeneveStimuli.CRITICAL_ALONE;
import static dev.culvert.harness.stimulus.GeneveStimuli.DATAGRAMS;
import static dev.culvert.harness.stimulus.GeneveStimuli.FRAMED;
import static dev.culvert.harness.stimulus.GeneveStimuli.HEADERS;
import static dev.culvert.harness.stimulus.GeneveStimuli.OPTIONS_BEYOND;
import static dev.culvert.harness.stimulus.GeneveStimuli.OPTIONS_TO_SKIP;
import static dev.culvert.harness.stimulus.GeneveStimuli.OTHER_SOURCE_PORT;
import static dev.culvert.harness.stimulus.GeneveStimuli.OTHER_VNI;
import static dev.culvert.harness.stimulus.GeneveStimuli.RESERVED_BITS;
import static dev.culvert.harness.stimulus.GeneveStimuli.RESERVED_BYTE;
import static dev.culvert.harness.stimulus.GeneveStimuli.UNKNOWN_TYPE;
import static dev.culvert.harness.stimulus.GeneveStimuli.UNKNOWN_VERSIONS;
import static dev.culvert.harness.stimulus.GeneveStimuli.WRONG_CHECKSUM;
import static dev.culvert.harness.stimulus.GeneveStimuli.version;
import static dev.culvert.harness.stimulus.PositiveControl.AS_IT_SHOULD_BE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Map;

@ConformanceTest("RFC 8926, the Geneve header as it is received")
@SpeaksOf(
        inside = {Family.IPV4, Family.IPV6},
        outside = {Family.IPV4, Family.IPV6},
        kinds = "geneve")
final class Rfc8926ReceiverTest {

    private static final String PROVOKED =
            "A composes packets as its device sends them, each with an echo request inside and something changed around it.";
    private static final String OBSERVED = "B's echo replies on A's tunnel device, ICMP errors on A's underlay.";
    private static final String RECEIVER = "drivers/net/geneve.c geneve_udp_encap_recv";

    private final Evidence evidence;

    Rfc8926ReceiverTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC8926-3.4-VER-RX",
            level = Level.MUST,
            source = "RFC 8926 section 3.4; " + RECEIVER,
            sentence = "A packet of a version that is not known is dropped, without an ICMP error.",
            provoked = PROVOKED + " Versions 1, 2 and 3.",
            observed = OBSERVED)
    void unknownVersion(Judge judge) {
        ComposedPackets packets = headers(judge);
        UNKNOWN_VERSIONS.forEach(version -> packets.ignored(judge, version(version)));
    }

    @Requirement(
            id = "RFC8926-3.4-OPTLEN-SKIP",
            level = Level.MAY,
            source = "RFC 8926 section 3.4; " + RECEIVER,
            sentence = "Options are skipped by their length where none of them is critical.",
            provoked = PROVOKED + " One option of eight bytes.",
            observed = OBSERVED)
    void optionsAreSkipped(Judge judge) {
        headers(judge).taken(judge, OPTIONS_TO_SKIP);
    }

    @Requirement(
            id = "RFC8926-3.4-OPTLEN-LIE",
            level = Level.MUST,
            source = "RFC 8926 section 3.4; net/ipv4/ip_tunnel_core.c __iptunnel_pull_header",
            sentence = "A packet whose options reach beyond its end is dropped and counted.",
            provoked = PROVOKED + " An option length of 63.",
            observed = OBSERVED + " rx_dropped of B's tunnel device, beside that of RFC8926-3.4-PROTO-RX.")
    void optionsBeyondTheEnd(Judge judge) {
        ComposedPackets packets = headers(judge);
        packets.ignored(judge, OPTIONS_BEYOND);
        long others = evidence.topology().carriesFrames() ? 1 : 0;
        judge.equal("rx_dropped of B's tunnel device", 1 + others, packets.moved("rx_dropped"));
    }

    @Requirement(
            id = "RFC8926-3.4-C-BIT",
            level = Level.MUST,
            source = "RFC 8926 sections 3.4 and 3.5; drivers/net/geneve.c geneve_rx",
            sentence =
                    "A packet with critical options is dropped by who does not know them, which Linux's devices never do; it is dropped too "
                            + "when the bit is set and there are none. A device in external mode takes it, with the options as metadata.",
            provoked = PROVOKED + " C set, with a critical option and with none.",
            observed = OBSERVED + " rx_errors and rx_frame_errors of B's tunnel device.")
    void criticalOptions(Judge judge) {
        ComposedPackets packets = headers(judge);
        if (evidence.topology().b().tunnel().external()) {
            for (String label : List.of(CRITICAL, CRITICAL_ALONE)) {
                judge.known(
                        "answer to \"" + label + "\"",
                        "none",
                        "echo reply",
                        packets.answer(label),
                        "drivers/net/geneve.c geneve_rx: what collects metadata leaves the options to whoever reads that");
            }
            return;
        }
        packets.ignored(judge, CRITICAL);
        packets.ignored(judge, CRITICAL_ALONE);
        judge.equal("rx_errors of B's tunnel device", 2L, packets.moved("rx_errors"));
        judge.equal("rx_frame_errors of B's tunnel device", 2L, packets.moved("rx_frame_errors"));
    }

    @Requirement(
            id = "RFC8926-3.4-O-BIT",
            level = Level.MUST_NOT,
            source = "RFC 8926 section 3.4",
            sentence = "What a control packet carries is not forwarded to the tenant; Linux takes it for data.",
            provoked = PROVOKED + " O set.",
            observed = OBSERVED)
    void controlPacket(Judge judge) {
        judge.known(
                "answer to \"" + CONTROL + "\"",
                "none",
                "echo reply",
                headers(judge).answer(CONTROL),
                "drivers/net/geneve.c geneve_rx looks at gnvh->oam only for the metadata of an external device");
    }

    @Requirement(
            id = "RFC8926-3.4-RSVD-RX",
            level = Level.MUST,
            source = "RFC 8926 section 3.4",
            sentence = "What is reserved is ignored on receipt.",
            provoked = PROVOKED + " All reserved bits of the second byte set, and those of the last.",
            observed = OBSERVED)
    void reservedBits(Judge judge) {
        ComposedPackets packets = headers(judge);
        packets.taken(judge, RESERVED_BITS);
        packets.taken(judge, RESERVED_BYTE);
    }

    @Requirement(
            id = "RFC8926-3.4-PROTO-RX",
            level = Level.LINUX,
            source = RECEIVER,
            sentence =
                    "A device for frames takes nothing else: an IPv4 packet is dropped and counted, and so is, from 6.3 on, one of a type that "
                            + "nobody knows, which was dropped uncounted before.",
            provoked = PROVOKED + " Protocol types 0x0800, with a bare packet, and 0x1234.",
            observed = OBSERVED + " rx_dropped of B's tunnel device.",
            needs = Trait.FRAMES)
    void otherProtocolTypes(Judge judge) {
        ComposedPackets packets = headers(judge);
        packets.ignored(judge, BARE_IPV4);
        judge.equal("rx_dropped of B's tunnel device", 2L, packets.moved("rx_dropped"));
        ComposedPackets others = datagrams(judge);
        others.ignored(judge, UNKNOWN_TYPE);
        long dropped = others.moved("rx_dropped");
        judge.holds(
                "rx_dropped of B's tunnel device for the unknown type",
                "0 or 1",
                dropped == 0 || dropped == 1,
                Long.toString(dropped));
    }

    @Requirement(
            id = "LINUX-GENEVE-IP-RX",
            level = Level.LINUX,
            source = RECEIVER + ", geneve_rx",
            sentence =
                    "A device with \"innerprotoinherit\" takes a frame too, and gives what is in it to the same IP; a packet of a type that "
                            + "nobody knows it drops.",
            provoked = PROVOKED + " Protocol types 0x6558, with a frame, and 0x1234.",
            observed = OBSERVED,
            needs = Trait.BARE_PACKETS)
    void framesToo(Judge judge) {
        headers(judge).taken(judge, FRAMED);
        datagrams(judge).ignored(judge, UNKNOWN_TYPE);
    }

    @Requirement(
            id = "RFC8926-3.4-VNI-RX",
            level = Level.MUST,
            source = "RFC 8926 section 3.4; drivers/net/geneve.c geneve_lookup",
            sentence = "A packet of another virtual network is not delivered into this one; Linux drops it silently.",
            provoked = PROVOKED + " The identifier with its last bit changed.",
            observed = OBSERVED,
            needs = Trait.OWN_ENDS)
    void otherNetwork(Judge judge) {
        headers(judge).ignored(judge, OTHER_VNI);
    }

    @Requirement(
            id = "RFC8926-3.3-CSUM4-RX",
            level = Level.MUST,
            source = "RFC 8926 section 3.3; net/ipv4/udp.c udp_queue_rcv_one_skb",
            sentence =
                    "Over IPv4 a datagram without a checksum is taken, and one with a right checksum is; one with a wrong checksum is dropped "
                            + "and counted by UDP.",
            provoked = PROVOKED,
            observed = OBSERVED + " Udp InCsumErrors and InErrors of B.",
            outside = Family.IPV4)
    void checksum(Judge judge) {
        ComposedPackets packets = datagrams(judge);
        packets.taken(judge, AS_IT_SHOULD_BE);
        packets.taken(judge, CHECKSUM_OR_NONE);
        packets.ignored(judge, WRONG_CHECKSUM);
        judge.equal("Udp InCsumErrors of B", 1L, packets.window().delta(Place.B, "snmp.Udp.InCsumErrors"));
        judge.equal("Udp InErrors of B", 1L, packets.window().delta(Place.B, "snmp.Udp.InErrors"));
    }

    @Requirement(
            id = "RFC8926-3.3-CSUM6-RX",
            level = Level.MUST,
            source = "RFC 8926 section 3.3; RFC 6936 section 4; net/ipv6/udp.c udp6_csum_init, __udp6_lib_rcv",
            sentence =
                    "Over IPv6 a datagram without a checksum is dropped, unless the operator has said with \"udp6zerocsumrx\" that it is taken, and but for "
                            + "devices in external mode; one with a right checksum is taken, and one with a wrong checksum is dropped; UDP counts what is dropped.",
            provoked = PROVOKED,
            observed = OBSERVED + " Udp6InCsumErrors and Udp6InErrors of B.",
            outside = Family.IPV6)
    void checksumOverIpv6(Judge judge) {
        Map<String, String> own = evidence.topology().b().tunnel().options().asWords();
        boolean sentByA = !Boolean.parseBoolean(
                evidence.topology().a().tunnel().options().asWords().get("udp6zerocsumtx"));
        boolean takenWithout = Boolean.parseBoolean(own.get("udp6zerocsumrx"));
        ComposedPackets packets = datagrams(judge);
        packets.taken(judge, AS_IT_SHOULD_BE);
        boolean external = evidence.topology().b().tunnel().external();
        boolean dropped = sentByA && !takenWithout && !external;
        if (external && !takenWithout) {
            judge.known(
                    "answer to \"" + CHECKSUM_OR_NONE + "\"",
                    "none",
                    "echo reply",
                    packets.answer(CHECKSUM_OR_NONE),
                    "drivers/net/geneve.c geneve_nl2info: only a device with an IPv6 remote asks for checksums");
        } else if (dropped) {
            packets.ignored(judge, CHECKSUM_OR_NONE);
        } else {
            packets.taken(judge, CHECKSUM_OR_NONE);
        }
        packets.ignored(judge, WRONG_CHECKSUM);
        long counted = dropped ? 2 : 1;
        judge.equal("Udp6InCsumErrors of B", counted, packets.window().delta(Place.B, "snmp6.Udp6InCsumErrors"));
        judge.equal("Udp6InErrors of B", counted, packets.window().delta(Place.B, "snmp6.Udp6InErrors"));
    }

    @Requirement(
            id = "RFC8926-3.3-UDP-SPORT-RX",
            level = Level.LINUX,
            source = RECEIVER,
            sentence = "A datagram is taken whatever its source port.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void anySourcePort(Judge judge) {
        datagrams(judge).taken(judge, OTHER_SOURCE_PORT);
    }

    private ComposedPackets headers(Judge judge) {
        return ComposedPackets.beside(judge, evidence, HEADERS);
    }

    private ComposedPackets datagrams(Judge judge) {
        return ComposedPackets.beside(judge, evidence, DATAGRAMS);
    }
}
