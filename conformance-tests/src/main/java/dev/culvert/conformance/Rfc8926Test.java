package dev.culvert.conformance;

import static dev.culvert.harness.packet.GeneveHeader.CONTROL;
import static dev.culvert.harness.packet.GeneveHeader.CRITICAL;
import static dev.culvert.harness.packet.GeneveHeader.OPTION_LENGTH;
import static dev.culvert.harness.packet.GeneveHeader.PROTOCOL_TYPE;
import static dev.culvert.harness.packet.GeneveHeader.RESERVED1;
import static dev.culvert.harness.packet.GeneveHeader.RESERVED2;
import static dev.culvert.harness.packet.GeneveHeader.VERSION;
import static dev.culvert.harness.packet.GeneveHeader.VNI;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.lengthLabels;
import static dev.culvert.harness.stimulus.UdpStimuli.FLOWS;
import static dev.culvert.harness.stimulus.UdpStimuli.OF_EACH;
import static dev.culvert.harness.stimulus.UdpStimuli.SEVERAL_FLOWS;
import static dev.culvert.harness.stimulus.UdpStimuli.flow;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.GeneveHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.packet.UdpHeader;
import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.GeneveTunnelOption;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

@ConformanceTest("RFC 8926, the Geneve header as it is sent")
@SpeaksOf(
        inside = {Family.IPV4, Family.IPV6},
        outside = {Family.IPV4, Family.IPV6},
        kinds = "geneve")
final class Rfc8926Test {

    private static final String PROVOKED = "A sends ICMP messages of different lengths through the tunnel.";
    private static final int UDP = 17;
    /** Fewer of twenty flows at random would be a coincidence that nobody lives to see. */
    private static final int FLOWS_APART = 10;

    private final Evidence evidence;
    private final Map<String, String> options;
    /** Bytes of options in the header of every packet. */
    private final int headerOptions;

    Rfc8926Test(Evidence evidence) {
        this.evidence = evidence;
        Options given = evidence.topology().a().tunnel().options();
        this.options = given.asWords();
        this.headerOptions = GeneveTunnelOption.bytes(GeneveTunnelOption.of(given)).length;
    }

    @Requirement(
            id = "RFC8926-3.3-UDP-DPORT",
            level = Level.SHOULD,
            source = "RFC 8926 section 3.3",
            sentence =
                    "Behind an IPv4 header of 20 bytes or an IPv6 header, with protocol or next header 17, comes UDP, to port 6081 or the one that is configured.",
            provoked = PROVOKED,
            observed =
                    "IHL and protocol, or next header, of the outer header and UDP's destination port, on A's underlay.")
    void destinationPort(Judge judge) {
        int port = Integer.parseInt(options.getOrDefault("dstport", "6081"));
        each(judge, (label, seen) -> {
            if (TunnelPackets.outerIp(seen) instanceof Ipv6Header outer) {
                judge.field(seen, outer, Ipv6Header.NEXT_HEADER, UDP);
            } else {
                judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.IHL, 5);
                judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.PROTOCOL, UDP);
            }
            judge.field(seen, udp(seen), UdpHeader.DESTINATION_PORT, port);
        });
    }

    @Requirement(
            id = "RFC8926-3.3-UDP-SPORT",
            level = Level.SHOULD,
            source = "RFC 8926 section 3.3; include/net/udp.h udp_flow_src_port",
            sentence =
                    "The source port is the same for all packets of a flow within the tunnel, and different flows are spread over several.",
            provoked = "A sends two UDP datagrams each of twenty flows through the tunnel.",
            observed = "UDP's source port, on A's underlay.",
            needs = Trait.ROUTED)
    void sourcePort(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, SEVERAL_FLOWS);
        Set<Integer> ports = new HashSet<>();
        for (int flow = 1; flow <= FLOWS; flow++) {
            Set<Integer> ofFlow = new HashSet<>();
            for (int n = 1; n <= OF_EACH; n++) {
                packets.once(judge, flow(flow, n), packets.underlay(Place.A))
                        .ifPresent(seen -> ofFlow.add(udp(seen).sourcePort()));
            }
            judge.equal("source ports of flow " + flow, 1, ofFlow.size());
            ports.addAll(ofFlow);
        }
        judge.holds(
                "source ports of " + FLOWS + " flows",
                FLOWS_APART + " or more",
                ports.size() >= FLOWS_APART,
                Integer.toString(ports.size()));
    }

    @Requirement(
            id = "RFC8926-3.3-UDP-LEN",
            level = Level.MUST,
            source = "RFC 8926 section 3.3; RFC 768",
            sentence =
                    "UDP's length is that of its header, Geneve's with its options and that of a frame where there is one, 8, 8 and 14 bytes and the "
                            + "options more than the packet in it; the outer total length is 20 more.",
            provoked = PROVOKED,
            observed = "UDP length and outer total length, on A's underlay.")
    void length(Judge judge) {
        each(judge, (label, seen) -> {
            int datagram = 8
                    + 8
                    + headerOptions
                    + evidence.topology().frameHeader()
                    + evidence.during(AS_CONFIGURED).sent(label).bytes().length();
            judge.field(seen, udp(seen), UdpHeader.LENGTH_FIELD, datagram);
            TunnelPackets.outerLength(
                    judge, seen, evidence.topology().outerFamily().headerLength() + datagram);
        });
    }

    @Requirement(
            id = "RFC8926-3.3-CSUM4",
            level = Level.SHOULD,
            source = "RFC 8926 section 3.3; drivers/net/geneve.c geneve_xmit_skb",
            sentence = "Over IPv4 the UDP checksum may be 0; with \"udpcsum\" it is right, without it it is 0.",
            provoked = PROVOKED,
            observed = "Checksum of the UDP header, on A's underlay, checksum offload off.",
            outside = Family.IPV4)
    void checksum(Judge judge) {
        checksums(judge, Boolean.parseBoolean(options.get("udpcsum")));
    }

    @Requirement(
            id = "RFC8926-3.3-CSUM6",
            level = Level.MUST,
            source = "RFC 8926 section 3.3; RFC 6935, RFC 6936 section 4; drivers/net/geneve.c geneve6_xmit_skb",
            sentence =
                    "Over IPv6 the UDP checksum is right, never 0, unless the operator has said with \"udp6zerocsumtx\" that there is to be none.",
            provoked = PROVOKED,
            observed = "Checksum of the UDP header, on A's underlay, checksum offload off.",
            outside = Family.IPV6)
    void checksumOverIpv6(Judge judge) {
        checksums(judge, !Boolean.parseBoolean(options.get("udp6zerocsumtx")));
    }

    private void checksums(Judge judge, boolean summed) {
        each(judge, (label, seen) -> {
            UdpHeader udp = udp(seen);
            String found = udp.checksum() == 0
                    ? "none"
                    : udp.checksumValid(TunnelPackets.outerIp(seen)) ? "right" : UdpHeader.CHECKSUM.text(udp);
            judge.equal(
                    "udp checksum of \"" + label + "\"", summed ? "right" : "none", found, seen, udp.offset() + 6, 2);
        });
    }

    @Requirement(
            id = "RFC8926-3.4-VER-TX",
            level = Level.MUST,
            source = "RFC 8926 section 3.4",
            sentence = "The version is 0.",
            provoked = PROVOKED,
            observed = "The first two bits of the Geneve header, on A's underlay.")
    void version(Judge judge) {
        fieldOfEach(judge, VERSION, 0);
    }

    @Requirement(
            id = "RFC8926-3.4-OPTLEN-TX",
            level = Level.MUST,
            source = "RFC 8926 section 3.4",
            sentence =
                    "The option length is that of the options behind the header, in words: 0 unless the route to the device says some, for a "
                            + "device has none of its own.",
            provoked = PROVOKED,
            observed = "The option length of the Geneve header and what follows it, on A's underlay.")
    void optionLength(Judge judge) {
        each(judge, (label, seen) -> {
            GeneveHeader geneve = geneve(seen);
            judge.field(seen, geneve, OPTION_LENGTH, headerOptions / 4);
            int inner = evidence.topology().frameHeader()
                    + evidence.during(AS_CONFIGURED).sent(label).bytes().length();
            judge.equal(
                    "bytes behind the Geneve header of \"" + label + "\"",
                    headerOptions + inner,
                    geneve.payload().length(),
                    seen,
                    geneve.offset(),
                    geneve.length());
        });
    }

    @Requirement(
            id = "RFC8926-3.4-BITS-TX",
            level = Level.MUST,
            source = "RFC 8926 section 3.4",
            sentence =
                    "A packet of data has O, control, not set, and one without critical options has C not set; all that is reserved is 0.",
            provoked = PROVOKED,
            observed = "The second and the last byte of the Geneve header, on A's underlay.")
    void bits(Judge judge) {
        fieldOfEach(judge, CONTROL, 0);
        if (GeneveTunnelOption.of(evidence.topology().a().tunnel().options()).stream()
                .noneMatch(GeneveTunnelOption::critical)) {
            fieldOfEach(judge, CRITICAL, 0);
        }
        fieldOfEach(judge, RESERVED1, 0);
        fieldOfEach(judge, RESERVED2, 0);
    }

    @Requirement(
            id = "RFC8926-3.4-PROTO-TX",
            level = Level.MUST,
            source = "RFC 8926 section 3.4",
            sentence =
                    "The protocol type is the payload's EtherType: 0x6558 for a frame, 0x0800 for an IPv4 packet without one.",
            provoked = PROVOKED,
            observed = "Bytes 2 and 3 of the Geneve header, on A's underlay.")
    void protocolType(Judge judge) {
        Topology topology = evidence.topology();
        Carried carried = topology.carriedAs(topology.innerFamily().carried());
        fieldOfEach(judge, PROTOCOL_TYPE, carried.etherType());
    }

    @Requirement(
            id = "RFC8926-3.4-VNI",
            level = Level.MUST,
            source = "RFC 8926 section 3.4",
            sentence = "The virtual network identifier is the device's \"id\", all 24 bits of it.",
            provoked = PROVOKED,
            observed = "Bytes 4 to 6 of the Geneve header, on A's underlay.")
    void identifier(Judge judge) {
        fieldOfEach(judge, VNI, Integer.parseInt(options.getOrDefault("id", "0")));
    }

    private void fieldOfEach(Judge judge, Field field, long expected) {
        each(judge, (label, seen) -> judge.field(seen, geneve(seen), field, expected));
    }

    private void each(Judge judge, BiConsumer<String, Seen> check) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (String label : lengthLabels(evidence.topology().innerFamily())) {
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> check.accept(label, seen));
        }
    }

    private static UdpHeader udp(Seen seen) {
        return seen.dissect().udp().orElseThrow(() -> none("UDP", seen));
    }

    private static GeneveHeader geneve(Seen seen) {
        return seen.dissect().first(GeneveHeader.class).orElseThrow(() -> none("Geneve", seen));
    }

    private static NotObserved none(String header, Seen seen) {
        return new NotObserved(
                "no " + header + " header in packet " + seen.packet().index() + " of " + seen.at());
    }
}
