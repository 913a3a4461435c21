package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.FrameStimuli.ALL;
import static dev.culvert.harness.stimulus.FrameStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.FrameStimuli.BROADCAST;
import static dev.culvert.harness.stimulus.FrameStimuli.IPV6;
import static dev.culvert.harness.stimulus.FrameStimuli.MULTICAST;
import static dev.culvert.harness.stimulus.FrameStimuli.NEIGHBOURS;
import static dev.culvert.harness.stimulus.FrameStimuli.RESOLUTION;
import static dev.culvert.harness.stimulus.FrameStimuli.TO_B;
import static dev.culvert.harness.stimulus.FrameStimuli.TO_NOBODY;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.List;

@ConformanceTest("net/ipv4/ip_gre.c gre_tap_xmit, frames through a tunnel")
final class LinuxFramesTest {

    private static final long EVERYBODY = 0xffff_ffff_ffffL;

    private final Evidence evidence;
    private final Topology topology;

    LinuxFramesTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "LINUX-GRETAP-FRAME",
            level = Level.LINUX,
            source = "net/ipv4/ip_gre.c gre_tap_xmit; RFC 7637 section 3.3",
            sentence =
                    "A frame is carried byte for byte: addresses, tags, type and data, with neither preamble nor check sequence, and not "
                            + "padded to the least that Ethernet takes.",
            provoked =
                    "A's tunnel device is given frames: unicast, broadcast and multicast, tagged and not, one with a single byte of data.",
            observed =
                    "Each frame at the end of its outer packet and the outer total length, on A's underlay; B's tunnel device.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gretap", "ip6erspan", "ip6gretap"},
            needs = {Trait.OWN_ENDS, Trait.FRAMES})
    void frameIsCarriedAsItIs(Judge judge) {
        FramePackets packets = FramePackets.during(evidence, AS_CONFIGURED);
        int before = topology.overhead() - topology.frameHeader();
        for (String label : ALL) {
            Bytes frame = packets.sent(label);
            int length = frame.length()
                    - topology.kind().leavesOut(topology.a().tunnel().options(), frame.toArray());
            packets.once(judge, label).ifPresent(seen -> TunnelPackets.outerLength(judge, seen, before + length));
            judge.equal("times that the frame \"" + label + "\" came out of B's tunnel device", 1, packets.out(label));
        }
    }

    @Requirement(
            id = "LINUX-L2-BCAST",
            level = Level.LINUX,
            source = "net/ipv4/ip_gre.c gre_tap_xmit, net/ipv4/arp.c arp_solicit",
            sentence =
                    "Whatever a frame is addressed to, it is sent to the one remote; so address resolution works through the tunnel: the "
                            + "request is broadcast, and the other end answers.",
            provoked =
                    "A's tunnel device is given frames to everybody, to groups and to nobody; A forgets B's address and sends to B.",
            observed =
                    "Outer destination on A's underlay; ARP request and reply there; A's neighbours; the packet on B's tunnel device.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gretap", "ip6erspan", "ip6gretap"},
            needs = {Trait.OWN_ENDS, Trait.FRAMES})
    void everyDestinationIsTheRemote(Judge judge) {
        FramePackets frames = FramePackets.during(evidence, AS_CONFIGURED);
        for (String label : List.of(BROADCAST, MULTICAST, TO_NOBODY, IPV6)) {
            frames.once(judge, label).ifPresent(seen -> toRemote(judge, seen));
        }
        FramePackets packets = FramePackets.during(evidence, RESOLUTION);
        List<Seen> requests = packets.arp(
                Place.A, FramePackets.ARP_REQUEST, topology.b().tunnel().address());
        judge.equal("ARP requests for B that left A", 1, requests.size());
        for (Seen request : requests) {
            toRemote(judge, request);
            FramePackets.frame(request)
                    .ifPresent(frame -> judge.field(request, frame, EthernetHeader.DESTINATION, EVERYBODY));
        }
        judge.equal(
                "ARP replies of B to A",
                1,
                packets.arp(
                                Place.A,
                                FramePackets.ARP_REPLY,
                                topology.a().tunnel().address())
                        .size());
        judge.equal(
                "Ethernet address that A learned of B",
                topology.b().innerMac(),
                packets.learned(NEIGHBOURS, topology.b().tunnel().address()));
        TunnelPackets sent = new TunnelPackets(evidence, RESOLUTION);
        sent.once(judge, TO_B, sent.tunnel(Place.B));
    }

    @Requirement(
            id = "LINUX-L2-ND",
            level = Level.LINUX,
            source =
                    "net/ipv6/ip6_gre.c ip6gre_tunnel_xmit, ip6erspan_tunnel_xmit; net/ipv6/ndisc.c ndisc_solicit; RFC 2464 section 7",
            sentence =
                    "Neighbor discovery works through the tunnel: the solicitation is a frame to the group of its target, which is sent to the one remote, "
                            + "and the other end answers.",
            provoked = "A forgets B's address and sends to B.",
            observed =
                    "Neighbor solicitation and advertisement on A's underlay; A's neighbours; the packet on B's tunnel device.",
            inside = Family.IPV6,
            outside = Family.IPV6,
            kinds = {"ip6erspan", "ip6gretap"},
            needs = Trait.OWN_ENDS)
    void neighborsAreFoundThroughTheTunnel(Judge judge) {
        FramePackets packets = FramePackets.during(evidence, RESOLUTION);
        InterfaceAddress b = topology.b().tunnel().address();
        List<Seen> solicitations = packets.neighborDiscovery(Icmpv6Header.NEIGHBOR_SOLICITATION, b);
        judge.equal("neighbor solicitations for B that left A", 1, solicitations.size());
        for (Seen solicitation : solicitations) {
            toRemote(judge, solicitation);
            FramePackets.frame(solicitation)
                    .ifPresent(frame -> judge.field(
                            solicitation, frame, EthernetHeader.DESTINATION, solicitedNodeGroup(b.address())));
        }
        judge.equal(
                "neighbor advertisements of B to A",
                1,
                packets.neighborDiscovery(Icmpv6Header.NEIGHBOR_ADVERTISEMENT, b)
                        .size());
        judge.equal("Ethernet address that A learned of B", topology.b().innerMac(), packets.learned(NEIGHBOURS, b));
        TunnelPackets sent = new TunnelPackets(evidence, RESOLUTION);
        sent.once(judge, TO_B, sent.tunnel(Place.B));
    }

    /** 33:33:ff and the last three bytes of an address (RFC 4291 section 2.7.1, RFC 2464 section 7). */
    private static long solicitedNodeGroup(InetAddress address) {
        byte[] bytes = address.getAddress();
        long low = Bytes.of(bytes).u32(12) & 0xff_ffff;
        return 0x3333_ff00_0000L | low;
    }

    private void toRemote(Judge judge, Seen seen) {
        TunnelPackets.outerDestination(judge, seen, topology.a().tunnel().remote());
    }
}
