package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv4Header.HEADER_CHECKSUM;
import static dev.culvert.harness.packet.Ipv4Header.IDENTIFICATION;
import static dev.culvert.harness.packet.Ipv4Header.PROTOCOL;
import static dev.culvert.harness.packet.Ipv4Header.TOS;
import static dev.culvert.harness.packet.Ipv4Header.TOTAL_LENGTH;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.InternetChecksum;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.TunnelEnd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

@ConformanceTest("RFC 2003 section 3.1, the fields of the outer header")
class Rfc2003Section31Test {

    private static final String SOURCE = "RFC 2003 section 3.1";
    private static final int OUTER = EthernetHeader.LENGTH;
    private static final int OUTER_LENGTH = 20;

    private final Evidence evidence;

    Rfc2003Section31Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2003-3.1-VERSION",
            level = Level.MUST,
            source = SOURCE,
            sentence = "The outer header is an IPv4 header: its version is 4.",
            provoked = "A sends an ICMP message to B's internal address.",
            observed = "High four bits of the first byte behind the Ethernet header, on A's underlay.",
            kinds = {"ipip", "sit"})
    void version(Judge judge) {
        TunnelPackets packets = asConfigured();
        packets.once(judge, "length-84", packets.underlay(Place.A)).ifPresent(seen -> {
            int version = seen.packet().bytes().u8(OUTER) >> 4;
            judge.equal("outer version", 4, version, seen, OUTER, 1);
        });
    }

    @Requirement(
            id = "RFC2003-3.1-IHL",
            level = Level.MUST,
            source = SOURCE,
            sentence =
                    "The outer header's IHL counts the outer header alone: 5, also over an inner header with options.",
            provoked = "A sends an ICMP message with the router alert option, so that its own IHL is 6.",
            observed = "Low four bits of the first bytes of the outer and the inner header, on A's underlay.",
            kinds = {"ipip", "sit"})
    void ihl(Judge judge) {
        TunnelPackets packets = asConfigured();
        packets.once(judge, "router-alert", packets.underlay(Place.A)).ifPresent(seen -> {
            Bytes frame = seen.packet().bytes();
            int inner = OUTER + evidence.topology().overhead();
            judge.equal("outer ihl", 5, frame.u8(OUTER) & 0xf, seen, OUTER, 1);
            judge.equal("inner ihl", 6, frame.u8(inner) & 0xf, seen, inner, 1);
        });
    }

    @Requirement(
            id = "RFC2003-3.1-TOS",
            level = Level.MUST,
            source = SOURCE,
            sentence =
                    "The outer TOS is copied from the inner header; Linux does so only on a device with \"tos inherit\".",
            provoked = "A sends ICMP messages with TOS 0xb8 on the device as configured, and with \"tos inherit\".",
            observed = "Second byte of the outer header, on A's underlay.",
            kinds = {"ipip", "sit"})
    void tos(Judge judge) {
        TunnelPackets configured = asConfigured();
        int linux = OptionsInForce.during(configured.window()).tos(0xb8);
        configured
                .once(judge, "tos-b8", configured.underlay(Place.A))
                .ifPresent(seen -> judge.knownField(
                        seen,
                        TunnelPackets.outer(seen),
                        TOS,
                        0xb8,
                        linux,
                        "net/ipv4/ip_tunnel.c ip_tunnel_xmit: the inner tos is taken only with \"tos inherit\""));
        TunnelPackets inherited = new TunnelPackets(evidence, INHERITED);
        inherited
                .once(judge, "tos-b8", inherited.underlay(Place.A))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), TOS, 0xb8));
    }

    @Requirement(
            id = "RFC2003-3.1-TOTLEN",
            level = Level.MUST,
            source = SOURCE,
            sentence = "The outer total length is the inner total length and the 20 bytes of the outer header.",
            provoked =
                    "A sends ICMP messages of 28, 29 and 84 bytes and of the most that crosses the tunnel in one piece.",
            observed = "Total length of the outer header, on A's underlay.",
            needs = Trait.NOT_IN_UDP,
            kinds = {"ipip", "sit"})
    void totalLength(Judge judge) {
        TunnelPackets packets = asConfigured();
        for (String label : List.of("length-28", "length-29", "length-84", "length-largest")) {
            int inner = packets.window().sent(label).bytes().length();
            packets.once(judge, label, packets.underlay(Place.A))
                    .ifPresent(
                            seen -> judge.field(seen, TunnelPackets.outer(seen), TOTAL_LENGTH, OUTER_LENGTH + inner));
        }
    }

    @Requirement(
            id = "RFC2003-3.1-ID",
            level = Level.MUST,
            source = SOURCE,
            sentence = "The encapsulator chooses the outer identification itself, a new one for each packet.",
            provoked = "A sends five ICMP messages that all have the identification 0x1234.",
            observed = "Identification of the five outer headers, on A's underlay.",
            kinds = {"ipip", "sit"})
    void identification(Judge judge) {
        TunnelPackets packets = asConfigured();
        List<Ipv4Header> outer = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            packets.once(judge, "same-id-" + i, packets.underlay(Place.A))
                    .ifPresent(seen -> outer.add(TunnelPackets.outer(seen)));
        }
        boolean advances = true;
        for (int i = 1; i < outer.size(); i++) {
            // __ip_select_ident advances by 1 and a little that depends on time; modulo 65536 that is never backwards
            int step = outer.get(i).identification() - outer.get(i - 1).identification() & 0xffff;
            advances &= step > 0 && step < 0x8000;
        }
        judge.holds(
                "outer identifications of five packets with inner identification 0x1234",
                "each ahead of the one before",
                advances,
                outer.stream().map(IDENTIFICATION::text).collect(Collectors.joining(", ")));
    }

    @Requirement(
            id = "RFC2003-3.1-PROTOCOL",
            level = Level.MUST,
            source = SOURCE,
            sentence = "The outer protocol is 4, IP within IP.",
            provoked = "A sends ICMP messages of many shapes to B's internal address, which never gets labels.",
            observed = "Protocol of the outer header, on A's underlay.",
            needs = Trait.NOT_IN_UDP,
            kinds = {"ipip", "sit"})
    void protocol(Judge judge) {
        TunnelPackets packets = asConfigured();
        for (String label : List.of("length-28", "length-largest", "router-alert", "df", "no-df")) {
            packets.once(judge, label, packets.underlay(Place.A))
                    .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), PROTOCOL, 4));
        }
    }

    @Requirement(
            id = "RFC2003-3.1-CHECKSUM",
            level = Level.MUST,
            source = SOURCE,
            sentence = "The outer header checksum is right over the bytes of the outer header alone.",
            provoked = "A sends ICMP messages of many shapes through the tunnel.",
            observed = "One's complement sum over the outer header, on A's underlay.",
            kinds = {"ipip", "sit"})
    void checksum(Judge judge) {
        TunnelPackets packets = asConfigured();
        packets.once(judge, "length-84", packets.underlay(Place.A));
        for (Seen seen : packets.leaving(Place.A)) {
            Ipv4Header outer = TunnelPackets.outer(seen);
            int right = new InternetChecksum().add(outer.bytes().with16(10, 0)).value();
            judge.field(seen, outer, HEADER_CHECKSUM, right);
        }
    }

    @Requirement(
            id = "RFC2003-3.1-SRC-DST",
            level = Level.MUST,
            source = SOURCE,
            sentence = "The outer source and destination are the addresses of the tunnel's entry and exit.",
            provoked = "A sends an ICMP message to B's internal address.",
            observed =
                    "Source and destination of the outer header, on A's underlay, beside the topology's local and remote.",
            kinds = {"ipip", "sit"})
    void sourceAndDestination(Judge judge) {
        TunnelPackets packets = asConfigured();
        TunnelEnd tunnel = evidence.topology().a().tunnel();
        packets.once(judge, "length-84", packets.underlay(Place.A)).ifPresent(seen -> {
            Ipv4Header outer = TunnelPackets.outer(seen);
            String local = IpAddress.text(tunnel.local());
            String remote = IpAddress.text(tunnel.remote());
            judge.equal("outer source", local, outer.source().getHostAddress(), seen, OUTER + 12, 4);
            judge.equal("outer destination", remote, outer.destination().getHostAddress(), seen, OUTER + 16, 4);
        });
    }

    @Requirement(
            id = "RFC2003-3.1-OPTIONS",
            level = Level.MAY,
            source = SOURCE,
            sentence =
                    "Inner options stay where they are: they are not copied to the outer header, nor lost on the way.",
            provoked = "A sends an ICMP message with the router alert option.",
            observed = "Length of the outer header on A's underlay; option bytes of the packet on B's tunnel device.",
            kinds = {"ipip", "sit"})
    void options(Judge judge) {
        TunnelPackets packets = asConfigured();
        packets.once(judge, "router-alert", packets.underlay(Place.A)).ifPresent(seen -> {
            Ipv4Header outer = TunnelPackets.outer(seen);
            judge.equal("outer options", "", outer.options().toString(), seen, OUTER, outer.length());
        });
        packets.once(judge, "router-alert", packets.tunnel(Place.B)).ifPresent(seen -> {
            Ipv4Header inner = TunnelPackets.inner(seen);
            judge.equal("inner options", "94040000", inner.options().toString(), seen, inner.offset(), inner.length());
        });
    }

    @Requirement(
            id = "RFC2003-3.1-INNER-UNCHANGED",
            level = Level.MUST,
            source = SOURCE,
            sentence = "The inner packet comes out of the tunnel as it went in, byte for byte.",
            provoked = "A sends ICMP messages of different lengths, flags, options and TOS.",
            observed = "The packet on B's tunnel device beside the same packet on A's.",
            kinds = {"ipip", "sit"})
    void innerUnchanged(Judge judge) {
        TunnelPackets packets = asConfigured();
        for (String label :
                List.of("length-28", "length-largest", "same-id-1", "router-alert", "df", "no-df", "tos-bb")) {
            packets.once(judge, label, packets.tunnel(Place.A))
                    .ifPresent(in -> packets.once(judge, label, packets.tunnel(Place.B))
                            .ifPresent(out -> unchanged(judge, label, in, out)));
        }
    }

    private static void unchanged(Judge judge, String label, Seen in, Seen out) {
        byte[] before = in.packet().bytes().toArray();
        byte[] after = out.packet().bytes().toArray();
        int at = Arrays.mismatch(before, after);
        judge.equal(
                "first byte of \"" + label + "\" that the tunnel changed",
                "none",
                at < 0 ? "none" : "byte " + at,
                out,
                Math.max(at, 0),
                1);
    }

    private TunnelPackets asConfigured() {
        return new TunnelPackets(evidence, AS_CONFIGURED);
    }
}
