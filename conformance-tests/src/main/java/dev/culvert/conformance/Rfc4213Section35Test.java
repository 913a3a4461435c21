package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv4Header.FRAGMENT_OFFSET;
import static dev.culvert.harness.packet.Ipv4Header.HEADER_CHECKSUM;
import static dev.culvert.harness.packet.Ipv4Header.IDENTIFICATION;
import static dev.culvert.harness.packet.Ipv4Header.IHL;
import static dev.culvert.harness.packet.Ipv4Header.MF;
import static dev.culvert.harness.packet.Ipv4Header.PROTOCOL;
import static dev.culvert.harness.packet.Ipv4Header.TOS;
import static dev.culvert.harness.packet.Ipv4Header.TOTAL_LENGTH;
import static dev.culvert.harness.packet.Ipv4Header.TTL;
import static dev.culvert.harness.packet.Ipv4Header.VERSION;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.InternetChecksum;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.TunnelEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

@ConformanceTest("RFC 4213 section 3.5, the IPv4 header around an IPv6 packet")
class Rfc4213Section35Test {

    private static final String SOURCE = "RFC 4213 section 3.5";

    private final Evidence evidence;

    Rfc4213Section35Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC4213-3.5-HEADER",
            level = Level.MUST,
            source = SOURCE,
            sentence =
                    "The outer header is IPv4 of 20 bytes, whole and summed right: version 4, IHL 5, protocol 41, as long as itself and "
                            + "the IPv6 packet, from the address of the encapsulator to that of the tunnel's other end.",
            provoked = "A sends ICMPv6 messages of different lengths, with a flow label, and with a hop-by-hop header.",
            observed = "Each field of the outer header, on A's underlay.",
            inside = Family.IPV6,
            needs = Trait.NOT_IN_UDP,
            kinds = "sit")
    void headerIsAsTold(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (String label : List.of("length-48", "length-84", "length-largest", "flow-label", "router-alert")) {
            int inner = packets.window().sent(label).bytes().length();
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> header(judge, seen, inner));
        }
    }

    private void header(Judge judge, Seen seen, int inner) {
        TunnelEnd tunnel = evidence.topology().a().tunnel();
        Ipv4Header outer = TunnelPackets.outer(seen);
        judge.field(seen, outer, VERSION, 4);
        judge.field(seen, outer, IHL, 5);
        judge.field(seen, outer, TOTAL_LENGTH, Ipv4Header.MIN_LENGTH + inner);
        judge.field(seen, outer, MF, 0);
        judge.field(seen, outer, FRAGMENT_OFFSET, 0);
        judge.field(seen, outer, PROTOCOL, 41);
        judge.field(
                seen,
                outer,
                HEADER_CHECKSUM,
                new InternetChecksum().add(outer.bytes().with16(10, 0)).value());
        judge.equal("outer source", IpAddress.text(tunnel.local()), IpAddress.text(outer.source()));
        judge.equal("outer destination", IpAddress.text(tunnel.remote()), IpAddress.text(outer.destination()));
    }

    @Requirement(
            id = "RFC4213-3.5-TOS",
            level = Level.MUST,
            source = SOURCE + "; net/ipv6/sit.c ipip6_tunnel_xmit, include/net/inet_ecn.h INET_ECN_encapsulate",
            sentence =
                    "The outer TOS is 0 unless the device is told otherwise, but for the ECN bits, which follow the inner traffic class.",
            provoked = "A sends ICMPv6 messages of traffic class 0xb8 and 0xba: as configured and with \"tos 0x12\".",
            observed = "TOS of the outer header, on A's underlay.",
            inside = Family.IPV6,
            kinds = "sit")
    void tosIsZeroUnlessTold(Judge judge) {
        for (String stimulus : List.of(AS_CONFIGURED, FIXED)) {
            TunnelPackets packets = new TunnelPackets(evidence, stimulus);
            OptionsInForce options = OptionsInForce.during(packets.window());
            for (int tos : new int[] {0xb8, 0xba}) {
                packets.once(judge, "tos-" + Integer.toHexString(tos), packets.underlay(Place.A))
                        .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), TOS, options.tos(tos)));
            }
        }
    }

    @Requirement(
            id = "RFC4213-3.5-TTL",
            level = Level.MUST,
            source = SOURCE + "; net/ipv6/sit.c ipip6_tunnel_xmit, iproute2 ip/link_iptnl.c",
            sentence =
                    "The outer TTL is the implementation's choice: Linux takes the inner hop limit unless the device has its own.",
            provoked = "A sends ICMPv6 messages of hop limit 9 and 64: as configured and with \"ttl 33\".",
            observed = "TTL of the outer header, on A's underlay.",
            inside = Family.IPV6,
            kinds = "sit")
    void ttlIsTheHopLimitUnlessTold(Judge judge) {
        for (String stimulus : List.of(AS_CONFIGURED, FIXED)) {
            TunnelPackets packets = new TunnelPackets(evidence, stimulus);
            OptionsInForce options = OptionsInForce.during(packets.window());
            for (int hopLimit : new int[] {9, 64}) {
                packets.once(judge, "ttl-" + hopLimit, packets.underlay(Place.A))
                        .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), TTL, options.ttl(hopLimit)));
            }
        }
    }

    @Requirement(
            id = "RFC4213-3.5-ID",
            level = Level.MUST,
            source = SOURCE,
            sentence = "The outer identification is a new one for each packet.",
            provoked = "A sends five ICMPv6 messages that are alike.",
            observed = "Identification of the five outer headers, on A's underlay.",
            inside = Family.IPV6,
            kinds = "sit")
    void identificationIsNew(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        List<Ipv4Header> outer = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            packets.once(judge, "alike-" + i, packets.underlay(Place.A))
                    .ifPresent(seen -> outer.add(TunnelPackets.outer(seen)));
        }
        judge.equal(
                "how many outer identifications five packets have: "
                        + outer.stream().map(IDENTIFICATION::text).collect(Collectors.joining(", ")),
                5L,
                outer.stream().map(Ipv4Header::identification).distinct().count());
    }
}
