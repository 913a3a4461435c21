package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv6Header.FLOW_LABEL;
import static dev.culvert.harness.packet.Ipv6Header.HOP_LIMIT;
import static dev.culvert.harness.packet.Ipv6Header.NEXT_HEADER;
import static dev.culvert.harness.packet.Ipv6Header.PAYLOAD_LENGTH;
import static dev.culvert.harness.packet.Ipv6Header.TRAFFIC_CLASS;
import static dev.culvert.harness.packet.Ipv6Header.VERSION;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.stimulus.HeaderStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

@ConformanceTest("RFC 2473 sections 3, 5 and 6, the tunnel's IPv6 header")
class Rfc2473Section5Test {

    private final Evidence evidence;
    private final Topology topology;

    Rfc2473Section5Test(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "RFC2473-3-HEADER",
            level = Level.MUST,
            source = "RFC 2473 sections 3.1, 5, 6.1 and 6.2",
            sentence =
                    "The outer header is IPv6 from the tunnel's entry to its exit; its payload length counts the inner packet and the options "
                            + "header before it, if there is one.",
            provoked = "A sends ICMP or ICMPv6 messages of different lengths and headers.",
            observed = "Version, payload length, source and destination of the outer header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            kinds = {"ip6erspan", "ip6gre", "ip6gretap", "ip6tnl"})
    void headerIsAsTold(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        TunnelEnd tunnel = topology.a().tunnel();
        for (String label : shapes()) {
            int inner = packets.window().sent(label).bytes().length();
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> {
                Ipv6Header outer = outer(seen);
                judge.field(seen, outer, VERSION, 6);
                judge.field(seen, outer, PAYLOAD_LENGTH, topology.overhead() - Ipv6Header.LENGTH + inner);
                judge.equal("outer source", IpAddress.text(tunnel.local()), IpAddress.text(outer.source()));
                judge.equal("outer destination", IpAddress.text(tunnel.remote()), IpAddress.text(outer.destination()));
            });
        }
    }

    @Requirement(
            id = "RFC2473-3-NH",
            level = Level.MUST,
            source = "RFC 2473 sections 3.1 and 5.1",
            sentence =
                    "The last next header field before the inner packet is 41 where that is IPv6 and 4 where it is IPv4; that of the outer "
                            + "header itself is 60 where an encapsulation limit travels between them.",
            provoked = "A sends ICMP or ICMPv6 messages of different lengths and headers.",
            observed =
                    "Next header of the outer header, and the protocol behind its extension headers, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            needs = Trait.NOT_IN_UDP,
            kinds = "ip6tnl")
    void nextHeaderIsThatOfTheInnerPacket(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        int inner = topology.innerFamily() == Family.IPV6 ? 41 : 4;
        boolean bare = topology.overhead() == Ipv6Header.LENGTH;
        for (String label : shapes()) {
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> {
                Ipv6Header outer = outer(seen);
                judge.field(seen, outer, NEXT_HEADER, bare ? inner : 60);
                judge.equal("protocol behind the outer header", inner, outer.protocolNumber());
            });
        }
    }

    @Requirement(
            id = "RFC2473-6.3-HOPLIMIT",
            level = Level.MUST,
            source = "RFC 2473 section 6.3; net/ipv6/ip6_tunnel.c ip6_tnl_xmit",
            sentence =
                    "The outer hop limit is the one that the tunnel is configured with, 64 unless it is told another; Linux can be told to "
                            + "take the inner one.",
            provoked =
                    "A sends messages of hop limit 9 and 64: as configured, with \"hoplimit 33\" and with \"hoplimit inherit\".",
            observed = "Hop limit of the outer header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            kinds = {"ip6erspan", "ip6gre", "ip6gretap", "ip6tnl"})
    void hopLimitIsTheConfiguredOne(Judge judge) {
        for (String stimulus : List.of(AS_CONFIGURED, FIXED, INHERITED)) {
            TunnelPackets packets = new TunnelPackets(evidence, stimulus);
            OptionsInForce options = OptionsInForce.during(packets.window());
            for (int hopLimit : new int[] {9, 64}) {
                packets.once(judge, "ttl-" + hopLimit, packets.underlay(Place.A))
                        .ifPresent(seen -> judge.field(seen, outer(seen), HOP_LIMIT, options.ttl(hopLimit)));
            }
        }
    }

    @Requirement(
            id = "RFC2473-6.4-TCLASS",
            level = Level.MUST,
            source =
                    "RFC 2473 section 6.4; net/ipv6/ip6_tunnel.c ipxip6_tnl_xmit, include/net/inet_ecn.h INET_ECN_encapsulate",
            sentence =
                    "The outer traffic class is the one that the tunnel is configured with, or the inner one if it is told to copy that; the "
                            + "ECN bits follow the inner packet either way, but with GRE.",
            provoked =
                    "A sends messages of traffic class 0xb8 and 0xb9: as configured, with \"tclass 0x12\" and with \"tclass inherit\".",
            observed = "Traffic class of the outer header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            kinds = {"ip6erspan", "ip6gre", "ip6gretap", "ip6tnl"})
    void trafficClassIsTheConfiguredOne(Judge judge) {
        for (String stimulus : List.of(AS_CONFIGURED, FIXED, INHERITED)) {
            TunnelPackets packets = new TunnelPackets(evidence, stimulus);
            OptionsInForce options = OptionsInForce.during(packets.window());
            for (int tos : new int[] {0xb8, 0xb9}) {
                packets.once(judge, "tos-" + Integer.toHexString(tos), packets.underlay(Place.A))
                        .ifPresent(seen -> judge.field(seen, outer(seen), TRAFFIC_CLASS, options.tos(tos)));
            }
        }
    }

    @Requirement(
            id = "RFC2473-6.5-FLOWLABEL",
            level = Level.MUST,
            source = "RFC 2473 section 6.5; net/ipv6/ip6_tunnel.c ipxip6_tnl_xmit",
            sentence = "The outer flow label is the inner one if the tunnel is told to copy that.",
            provoked = "A sends an ICMPv6 message of flow label 0xbeef5 on a device with \"flowlabel inherit\".",
            observed = "Flow label of the outer and of the inner header, on A's underlay.",
            inside = Family.IPV6,
            outside = Family.IPV6,
            needs = Trait.OWN_ENDS,
            kinds = {"ip6gre", "ip6tnl"})
    void flowLabelIsCopied(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, INHERITED);
        packets.once(judge, "flow-label", packets.underlay(Place.A)).ifPresent(seen -> {
            judge.field(seen, outer(seen), FLOW_LABEL, HeaderStimuli.FLOW_LABEL);
            judge.field(seen, TunnelPackets.innerIp(seen), FLOW_LABEL, HeaderStimuli.FLOW_LABEL);
        });
    }

    @Requirement(
            id = "LINUX-IP6TNL-FLOWLABEL",
            level = Level.LINUX,
            source = "include/net/ipv6.h ip6_make_flowlabel; ip-sysctl: auto_flowlabels",
            sentence =
                    "A tunnel of flow label 0 gets one that the kernel makes of the inner flow: never 0, and the same for packets that are alike.",
            provoked = "A sends five ICMPv6 messages that are alike on a device that is told no flow label.",
            observed = "Flow labels of the five outer headers, on A's underlay.",
            inside = Family.IPV6,
            outside = Family.IPV6,
            kinds = {"ip6gre", "ip6tnl"})
    void flowLabelIsMadeOfTheFlow(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, FIXED);
        if (OptionsInForce.during(packets.window()).inheritsFlowLabel()) {
            packets = new TunnelPackets(evidence, AS_CONFIGURED);
        }
        List<Integer> labels = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            packets.once(judge, "alike-" + i, packets.underlay(Place.A))
                    .ifPresent(seen -> labels.add(outer(seen).flowLabel()));
        }
        judge.equal(
                "different flow labels of five packets",
                1L,
                labels.stream().distinct().count());
        judge.equal("one of them is 0", false, labels.contains(0));
    }

    @Requirement(
            id = "RFC2473-3.3-INNER-UNCHANGED",
            level = Level.MUST,
            source = "RFC 2473 section 3.3",
            sentence = "The inner packet comes out of the tunnel as it went in, byte for byte.",
            provoked = "A sends ICMP or ICMPv6 messages of different lengths, traffic classes and headers.",
            observed = "The packet on B's tunnel device beside the same packet on A's.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            kinds = {"ip6erspan", "ip6gre", "ip6gretap", "ip6tnl"})
    void innerUnchanged(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (String label : shapes()) {
            packets.once(judge, label, packets.tunnel(Place.A))
                    .ifPresent(in -> packets.once(judge, label, packets.tunnel(Place.B))
                            .ifPresent(out -> unchanged(judge, label, in, out)));
        }
    }

    private static void unchanged(Judge judge, String label, Seen in, Seen out) {
        int at = Arrays.mismatch(bare(in).toArray(), bare(out).toArray());
        judge.equal(
                "first byte of \"" + label + "\" that the tunnel changed",
                "none",
                at < 0 ? "none" : "byte " + at,
                out,
                TunnelPackets.innerIp(out).offset() + Math.max(at, 0),
                1);
    }

    /** The packet without what libpcap puts before it on a device of a type that it does not know. */
    private static Bytes bare(Seen seen) {
        return seen.packet().bytes().from(TunnelPackets.innerIp(seen).offset());
    }

    /** Labels of packets of every length, and of those that are special in their IP version. */
    private List<String> shapes() {
        List<String> labels = new ArrayList<>(List.of("length-84", "length-largest", "router-alert", "tos-bb"));
        HeaderStimuli.lengths(topology.innerFamily()).forEach(length -> labels.add("length-" + length));
        labels.addAll(
                topology.innerFamily() == Family.IPV6 ? List.of("flow-label", "alike-1") : List.of("df", "no-df"));
        return labels.stream().distinct().toList();
    }

    private static Ipv6Header outer(Seen seen) {
        return seen.dissect()
                .first(Ipv6Header.class)
                .orElseThrow(
                        () -> new NotObserved("packet " + seen.packet().index() + " of " + seen.at() + " is not IPv6"));
    }
}
