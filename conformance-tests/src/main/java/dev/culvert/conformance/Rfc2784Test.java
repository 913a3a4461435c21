package dev.culvert.conformance;

import static dev.culvert.harness.packet.GreHeader.CHECKSUM_PRESENT;
import static dev.culvert.harness.packet.GreHeader.PROTOCOL_TYPE;
import static dev.culvert.harness.packet.GreHeader.RESERVED0;
import static dev.culvert.harness.packet.GreHeader.ROUTING_PRESENT;
import static dev.culvert.harness.packet.GreHeader.VERSION;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.harness.packet.InternetChecksum;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.stimulus.HeaderStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

@ConformanceTest("RFC 2784, the GRE header as it is sent")
final class Rfc2784Test {

    private static final String PROVOKED = "A sends ICMP or ICMPv6 messages of different lengths through the tunnel.";
    private static final int IPV4_HEADER = 20;

    private final Evidence evidence;

    Rfc2784Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2784-2-HEADER",
            level = Level.MUST,
            source = "RFC 2784 sections 2 and 3.1",
            sentence =
                    "Behind an IPv4 header of 20 bytes with protocol 47 comes a GRE header of 4 bytes and 4 for each optional word, and "
                            + "behind it the packet.",
            provoked = PROVOKED,
            observed =
                    "Version, IHL, protocol and total length of the outer header and length of GRE's, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            groups = true,
            kinds = {"gre", "gretap"},
            needs = Trait.NOT_IN_UDP)
    void header(Judge judge) {
        int frameHeader = evidence.topology().frameHeader();
        int greLength = evidence.topology().overhead() - IPV4_HEADER - frameHeader;
        each(judge, (label, seen) -> {
            Ipv4Header outer = TunnelPackets.outer(seen);
            GreHeader gre = gre(seen);
            judge.field(seen, outer, Ipv4Header.IHL, IPV4_HEADER / 4);
            judge.field(seen, outer, Ipv4Header.PROTOCOL, 47);
            judge.equal("length of the GRE header", greLength, gre.length(), seen, gre.offset(), gre.length());
            int inner = frameHeader
                    + evidence.during(AS_CONFIGURED).sent(label).bytes().length();
            judge.field(seen, outer, Ipv4Header.TOTAL_LENGTH, IPV4_HEADER + greLength + inner);
        });
    }

    @Requirement(
            id = "RFC2784-2.1-C-BIT",
            level = Level.MUST,
            source = "RFC 2784 section 2.1",
            sentence = "The checksum present bit is set exactly where the device has \"csum\".",
            provoked = PROVOKED,
            observed = "Bit 0 of the GRE header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"})
    void checksumPresent(Judge judge) {
        fieldOfEach(judge, CHECKSUM_PRESENT, Trait.GRE_CHECKSUM.of(evidence.topology()) ? 1 : 0);
    }

    @Requirement(
            id = "RFC2784-2.3-RESERVED-TX",
            level = Level.MUST,
            source = "RFC 2784 sections 2.2 and 2.3",
            sentence = "Reserved bits and the version are sent as 0.",
            provoked = PROVOKED,
            observed = "Bits 1 and 4 to 15 of the GRE header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"})
    void reservedBitsAreZero(Judge judge) {
        fieldOfEach(judge, ROUTING_PRESENT, 0);
        fieldOfEach(judge, RESERVED0, 0);
        fieldOfEach(judge, VERSION, 0);
    }

    @Requirement(
            id = "RFC2784-2.4-PROTO",
            level = Level.MUST,
            source = "RFC 2784 section 2.4",
            sentence =
                    "The protocol type is the payload's EtherType: 0x0800 for IPv4, 0x86dd for IPv6 (RFC 7676 section 3.1), 0x6558 for a frame (RFC 7637 "
                            + "section 3.3).",
            provoked = PROVOKED,
            observed = "Bytes 2 and 3 of the GRE header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"})
    void protocolType(Judge judge) {
        fieldOfEach(
                judge,
                PROTOCOL_TYPE,
                evidence.topology()
                        .carriedAs(evidence.topology().innerFamily().carried())
                        .etherType());
    }

    @Requirement(
            id = "RFC2784-2.5-CSUM-COVERAGE",
            level = Level.MUST,
            source = "RFC 2784 section 2.5",
            sentence = "The checksum is right over the whole GRE header and the packet behind it.",
            provoked = PROVOKED,
            observed = "One's complement sum over GRE header and payload, on A's underlay, checksum offload off.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"},
            needs = Trait.GRE_CHECKSUM)
    void checksumCoversHeaderAndPayload(Judge judge) {
        each(judge, (label, seen) -> {
            GreHeader gre = gre(seen);
            Field checksum = gre.checksum().orElseThrow(() -> new NotObserved("no checksum in " + gre));
            Bytes cleared = gre.withPayload().with16(4, 0);
            judge.field(seen, gre, checksum, new InternetChecksum().add(cleared).value());
        });
    }

    @Requirement(
            id = "RFC2784-2.6-RESERVED1",
            level = Level.MUST,
            source = "RFC 2784 section 2.6",
            sentence = "Reserved1, beside the checksum, is sent as 0.",
            provoked = PROVOKED,
            observed = "Bytes 6 and 7 of the GRE header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"},
            needs = Trait.GRE_CHECKSUM)
    void reserved1IsZero(Judge judge) {
        each(judge, (label, seen) -> {
            GreHeader gre = gre(seen);
            judge.field(seen, gre, gre.reserved1().orElseThrow(() -> new NotObserved("no reserved1 in " + gre)), 0);
        });
    }

    private void fieldOfEach(Judge judge, Field field, long expected) {
        each(judge, (label, seen) -> judge.field(seen, gre(seen), field, expected));
    }

    private void each(Judge judge, BiConsumer<String, Seen> check) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (String label : labels()) {
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> check.accept(label, seen));
        }
    }

    /** Labels of packets of every length, and of one that is special in its IP version. */
    private List<String> labels() {
        Family inner = evidence.topology().innerFamily();
        List<String> labels = new ArrayList<>(List.of("length-largest", inner == Family.IPV4 ? "df" : "flow-label"));
        HeaderStimuli.lengths(inner).forEach(length -> labels.add("length-" + length));
        return labels;
    }

    private static GreHeader gre(Seen seen) {
        return seen.dissect()
                .gre()
                .orElseThrow(() -> new NotObserved(
                        "no GRE header in packet " + seen.packet().index() + " of " + seen.at()));
    }
}
