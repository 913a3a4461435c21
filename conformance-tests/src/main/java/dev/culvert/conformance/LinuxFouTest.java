package dev.culvert.conformance;

import static dev.culvert.harness.packet.UdpHeader.CHECKSUM;
import static dev.culvert.harness.packet.UdpHeader.DESTINATION_PORT;
import static dev.culvert.harness.packet.UdpHeader.LENGTH_FIELD;
import static dev.culvert.harness.packet.UdpHeader.SOURCE_PORT;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.UdpStimuli.FLOWS;
import static dev.culvert.harness.stimulus.UdpStimuli.OF_EACH;
import static dev.culvert.harness.stimulus.UdpStimuli.SEVERAL_FLOWS;
import static dev.culvert.harness.stimulus.UdpStimuli.flow;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.GueHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.packet.UdpHeader;
import dev.culvert.harness.stimulus.HeaderStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.UdpEncapsulation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Datagrams as the device sends them. What this leaves out: that errors about them are only looked at while a UDP encapsulation is open
 * ({@code udp_encap_needed_key} in net/ipv4/udp.c __udp4_lib_err) is true of a kernel, not of a network namespace, and the servers of
 * one lab share theirs.
 */
@ConformanceTest("net/ipv4/fou_core.c (fou.c before 6.4), UDP as FOU and GUE send it")
@SpeaksOf(
        kinds = {"gre", "gretap", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"},
        inside = {Family.IPV4, Family.IPV6},
        outside = {Family.IPV4, Family.IPV6},
        needs = Trait.IN_UDP)
final class LinuxFouTest {

    private static final String PROVOKED = "A sends ICMP messages of different lengths through the tunnel.";

    /** {@code net.ipv4.ip_local_port_range} where a topology does not set it (inet_init_net in net/ipv4/af_inet.c). */
    private static final String LOCAL_PORTS = "32768 60999";
    /** Fewer of {@value dev.culvert.harness.stimulus.UdpStimuli#FLOWS} at random would be a coincidence that nobody lives to see. */
    private static final int FLOWS_APART = 10;

    /** The destination options header with an encapsulation limit (RFC 2473 section 4.1.1). */
    private static final int LIMIT_OPTIONS = 8;

    private final Evidence evidence;
    private final Topology topology;

    LinuxFouTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "FOU-FRAMING",
            level = Level.MUST,
            source = "net/ipv4/fou_core.c fou_build_udp, __gue_build_header",
            sentence =
                    "Behind an IPv4 header of 20 bytes with protocol 17, or an IPv6 header, come a UDP header of 8, GUE's of 4 where that is "
                            + "configured, and what the kind makes, byte for byte.",
            provoked = PROVOKED,
            observed = "Outer IHL and protocol, or next header, and all bytes behind the UDP header, on A's underlay.",
            kinds = {"gre", "ip6tnl", "ipip", "sit"},
            needs = {Trait.IN_UDP, Trait.COMPOSED, Trait.IP_PAYLOAD})
    void framing(Judge judge) {
        each(judge, (label, seen) -> {
            int udpComes = topology.kind().protocolOfUdp(topology.a().tunnel().options());
            if (TunnelPackets.outerIp(seen) instanceof Ipv6Header outer) {
                judge.field(seen, outer, Ipv6Header.NEXT_HEADER, udpComes);
            } else {
                judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.IHL, 5);
                judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.PROTOCOL, udpComes);
            }
            seen.dissect()
                    .udp()
                    .ifPresentOrElse(
                            udp -> behindUdp(judge, label, seen, udp),
                            () -> judge.equal("UDP header of \"" + label + "\"", "there", "missing"));
        });
    }

    private void behindUdp(Judge judge, String label, Seen seen, UdpHeader udp) {
        int gue = encapsulation().header() == UdpEncapsulation.Header.GUE ? GueHeader.MIN_LENGTH : 0;
        Bytes behind = udp.payload().from(Math.min(gue, udp.payload().length()));
        int offset = udp.offset() + UdpHeader.LENGTH + gue;
        judge.equal(
                "bytes of \"" + label + "\" behind " + (gue == 0 ? "UDP" : "GUE"),
                made(label),
                behind,
                seen,
                offset,
                behind.length());
    }

    @Requirement(
            id = "FOU6-ORDER",
            level = Level.MUST,
            source = "RFC 2473 section 4.1.1; net/ipv6/ip6_tunnel.c ip6_tnl_xmit",
            sentence =
                    "The destination options with the encapsulation limit belong to the outer IPv6 header: they come before UDP, and say that it follows.",
            provoked = PROVOKED,
            observed = "The extension header between the outer header and UDP's, on A's underlay.",
            outside = Family.IPV6,
            kinds = "ip6tnl",
            needs = {Trait.IN_UDP, Trait.ENCAPSULATION_LIMIT})
    void limitComesBeforeUdp(Judge judge) {
        each(judge, (label, seen) -> {
            int first = TunnelPackets.outerIp(seen).offset() + Ipv6Header.LENGTH;
            judge.equal(
                    "next header of the destination options of \"" + label + "\"",
                    UdpEncapsulation.PROTOCOL,
                    seen.packet().bytes().u8(first),
                    seen,
                    first,
                    1);
            judge.equal(
                    "bytes between the outer header of \"" + label + "\" and UDP's",
                    Optional.of(LIMIT_OPTIONS),
                    seen.dissect().udp().map(udp -> udp.offset() - first),
                    seen,
                    first,
                    LIMIT_OPTIONS);
        });
    }

    @Requirement(
            id = "FOU-UDP-PORTS",
            level = Level.LINUX,
            source = "net/ipv4/fou_core.c __fou_build_header, include/net/udp.h udp_flow_src_port",
            sentence =
                    "The destination port is encap-dport. The source port is encap-sport; with \"auto\" it is one of "
                            + "net.ipv4.ip_local_port_range, the same for all packets of a flow, and flows differ in it.",
            provoked = "A sends two UDP datagrams each of twenty flows through the tunnel.",
            observed = "Both ports of the UDP header, on A's underlay.",
            needs = {Trait.IN_UDP, Trait.ROUTED})
    void ports(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, SEVERAL_FLOWS);
        Set<Integer> sourcePorts = new HashSet<>();
        for (int flow = 1; flow <= FLOWS; flow++) {
            Set<Integer> ofFlow = new HashSet<>();
            for (int n = 1; n <= OF_EACH; n++) {
                packets.once(judge, flow(flow, n), packets.underlay(Place.A)).ifPresent(seen -> {
                    UdpHeader udp = udp(seen);
                    judge.field(seen, udp, DESTINATION_PORT, encapsulation().destinationPort());
                    sourcePort(judge, seen, udp);
                    ofFlow.add(udp.sourcePort());
                });
            }
            judge.equal("source ports of flow " + flow, 1, ofFlow.size());
            sourcePorts.addAll(ofFlow);
        }
        if (encapsulation().sourcePort().isEmpty()) {
            judge.holds(
                    "source ports of " + FLOWS + " flows",
                    FLOWS_APART + " or more",
                    sourcePorts.size() >= FLOWS_APART,
                    Integer.toString(sourcePorts.size()));
        }
    }

    private void sourcePort(Judge judge, Seen seen, UdpHeader udp) {
        if (encapsulation().sourcePort().isPresent()) {
            judge.field(seen, udp, SOURCE_PORT, encapsulation().sourcePort().getAsInt());
            return;
        }
        String range = topology.a().sysctls().getOrDefault("net.ipv4.ip_local_port_range", LOCAL_PORTS);
        List<String> ends = List.of(range.trim().split("\\s+", -1));
        judge.holds(
                "udp source port",
                String.join(" … ", ends),
                udp.sourcePort() >= Integer.parseInt(ends.get(0)) && udp.sourcePort() <= Integer.parseInt(ends.get(1)),
                Integer.toString(udp.sourcePort()));
    }

    @Requirement(
            id = "FOU-UDP-LEN",
            level = Level.MUST,
            source = "RFC 768; net/ipv4/fou_core.c fou_build_udp",
            sentence =
                    "UDP's length is that of its header and all behind it, and the outer length that of all headers and what is inside.",
            provoked = PROVOKED,
            observed = "UDP length and outer total or payload length, on A's underlay.")
    void length(Judge judge) {
        each(judge, (label, seen) -> {
            int inner = evidence.during(AS_CONFIGURED).sent(label).bytes().length();
            judge.field(
                    seen,
                    udp(seen),
                    LENGTH_FIELD,
                    encapsulation().length()
                            + topology.frameHeader()
                            + made(label).length());
            TunnelPackets.outerLength(judge, seen, topology.overhead() + inner);
        });
    }

    @Requirement(
            id = "FOU-UDP-CSUM",
            level = Level.LINUX,
            source = "net/ipv4/fou_core.c fou_build_udp, net/ipv6/fou6.c fou6_build_udp; RFC 6935, RFC 6936",
            sentence =
                    "With \"encap-csum\", and over IPv6 unless \"noencap-udp6-csum\" is said, the UDP checksum is right; otherwise it is 0.",
            provoked = PROVOKED,
            observed = "Checksum of the UDP header, on A's underlay, checksum offload off.")
    void checksum(Judge judge) {
        each(judge, (label, seen) -> {
            UdpHeader udp = udp(seen);
            if (encapsulation().checksum()) {
                judge.equal(
                        "udp checksum of \"" + label + "\"",
                        "right",
                        udp.checksumValid(TunnelPackets.outerIp(seen)) ? "right" : CHECKSUM.text(udp),
                        seen,
                        udp.offset() + 6,
                        2);
            } else {
                judge.field(seen, udp, CHECKSUM, 0);
            }
        });
    }

    @Requirement(
            id = "LINUX-MTU-ENCAP",
            level = Level.LINUX,
            source = "net/ipv4/fou_core.c fou_encap_hlen, gue_encap_hlen",
            sentence =
                    "FOU takes 8 bytes of a device's MTU, GUE 12, and GUE with remote checksums 20, on top of what the kind takes.",
            provoked = "Tunnel devices are made on A and B.",
            observed = "MTU of the devices, as \"ip link\" shows it.")
    void mtu(Judge judge) {
        int taken = encapsulation().header() == UdpEncapsulation.Header.FOU
                ? 8
                : encapsulation().remoteChecksum() ? 20 : 12;
        for (Place place : new Place[] {Place.A, Place.B}) {
            var tunnel = topology.endpoint(place).tunnel();
            if (tunnel.mtu() == null) {
                int own = topology.overhead()
                        - UdpEncapsulation.length(topology.a().tunnel().options());
                judge.equal(
                        "mtu of " + tunnel.device() + " on " + place.id(),
                        topology.endpoint(place).underlay().mtu() - own - taken,
                        evidence.configured(place)
                                .link(tunnel.device())
                                .path("mtu")
                                .asInt());
            }
        }
    }

    private UdpEncapsulation encapsulation() {
        return topology.udpEncapsulation().orElseThrow();
    }

    /** What the kind makes of a packet. */
    private Bytes made(String label) {
        byte[] packet = evidence.during(AS_CONFIGURED).sent(label).bytes().toArray();
        return Bytes.of(topology.kind()
                .encapsulate(
                        topology.a().tunnel().options(),
                        topology.carriedAs(topology.innerFamily().carried()),
                        packet));
    }

    private void each(Judge judge, BiConsumer<String, Seen> check) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (String label : HeaderStimuli.lengthLabels(topology.innerFamily())) {
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> check.accept(label, seen));
        }
    }

    private static UdpHeader udp(Seen seen) {
        return seen.dissect()
                .udp()
                .orElseThrow(() -> new NotObserved(
                        "no UDP header in packet " + seen.packet().index() + " of " + seen.at()));
    }
}
