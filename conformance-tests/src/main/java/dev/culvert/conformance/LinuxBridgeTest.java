package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv4Header.TTL;
import static dev.culvert.harness.stimulus.BridgeStimuli.BROADCAST;
import static dev.culvert.harness.stimulus.BridgeStimuli.FIVE_MORE;
import static dev.culvert.harness.stimulus.BridgeStimuli.FRAMES;
import static dev.culvert.harness.stimulus.BridgeStimuli.IPV4;
import static dev.culvert.harness.stimulus.BridgeStimuli.LARGEST;
import static dev.culvert.harness.stimulus.BridgeStimuli.LENGTHS;
import static dev.culvert.harness.stimulus.BridgeStimuli.MULTICAST;
import static dev.culvert.harness.stimulus.BridgeStimuli.NEIGHBOURS;
import static dev.culvert.harness.stimulus.BridgeStimuli.ONE_MORE;
import static dev.culvert.harness.stimulus.BridgeStimuli.PACKET;
import static dev.culvert.harness.stimulus.BridgeStimuli.RESOLUTION;
import static dev.culvert.harness.stimulus.BridgeStimuli.SHORT;
import static dev.culvert.harness.stimulus.BridgeStimuli.TAGGED;
import static dev.culvert.harness.stimulus.BridgeStimuli.TAGGED_IPV4;
import static dev.culvert.harness.stimulus.BridgeStimuli.TO_J;
import static dev.culvert.harness.stimulus.BridgeStimuli.TO_NOBODY;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.harness.stimulus.BridgeStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@ConformanceTest("net/bridge, two LAN segments that a tunnel joins")
@SpeaksOf(
        kinds = {"geneve", "gretap", "ip6gretap"},
        needs = {Trait.BRIDGED, Trait.LAN})
final class LinuxBridgeTest {

    private static final long EVERYBODY = 0xffff_ffff_ffffL;
    /** net.ipv4.ip_default_ttl. */
    private static final int DEFAULT_TTL = 64;

    private final Evidence evidence;
    private final Topology topology;

    LinuxBridgeTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "LINUX-BRIDGE-FRAME",
            level = Level.LINUX,
            source = "net/bridge/br_forward.c br_forward, net/ipv4/ip_gre.c gre_tap_xmit",
            sentence =
                    "A frame of a host on one LAN comes to the host on the other one as it was sent: addresses, tag, type and data, and "
                            + "no padding.",
            provoked = "H sends J frames, tagged and not, one with a single byte of data.",
            observed = "Each frame once within the tunnel on A's underlay, and byte for byte at J.",
            outside = {Family.IPV4, Family.IPV6})
    void frameComesAsItWasSent(Judge judge) {
        FramePackets packets = FramePackets.during(evidence, FRAMES);
        List.of(TO_J, SHORT, TAGGED, TAGGED_IPV4).forEach(label -> crosses(judge, packets, label));
    }

    @Requirement(
            id = "LINUX-BRIDGE-FLOOD",
            level = Level.LINUX,
            source = "net/bridge/br_input.c br_handle_frame_finish, net/bridge/br_forward.c br_flood",
            sentence =
                    "What is for everybody, for a group or for nobody that the bridges know goes through the tunnel too, once.",
            provoked = "H sends frames to ff:ff:ff:ff:ff:ff, to a group and to an address that nobody has.",
            observed = "Outer destination on A's underlay; the frames at J.",
            outside = {Family.IPV4, Family.IPV6})
    void unknownDestinationsAreFlooded(Judge judge) {
        FramePackets packets = FramePackets.during(evidence, FRAMES);
        for (String label : List.of(BROADCAST, MULTICAST, TO_NOBODY)) {
            crosses(judge, packets, label);
            packets.encapsulated(label)
                    .forEach(seen -> TunnelPackets.outerDestination(
                            judge, seen, topology.a().tunnel().remote()));
        }
    }

    @Requirement(
            id = "LINUX-BRIDGE-ARP",
            level = Level.LINUX,
            source = "net/ipv4/arp.c arp_solicit, net/bridge/br_input.c br_handle_frame_finish",
            sentence =
                    "Hosts on both LANs resolve each other's addresses through the tunnel: the request is broadcast through it, and the answer "
                            + "comes back.",
            provoked = "H forgets J's Ethernet address and sends J an ICMP message.",
            observed = "ARP request and reply on A's underlay; H's neighbours; the message at J.",
            outside = {Family.IPV4, Family.IPV6})
    void hostsResolveEachOther(Judge judge) {
        FramePackets packets = FramePackets.during(evidence, RESOLUTION);
        Port h = host(topology.a().lan());
        Port j = host(topology.b().lan());
        List<Seen> requests = packets.arp(Place.A, FramePackets.ARP_REQUEST, j.address());
        judge.equal("ARP requests for J that left A", 1, requests.size());
        for (Seen request : requests) {
            FramePackets.frame(request)
                    .ifPresent(frame -> judge.field(request, frame, EthernetHeader.DESTINATION, EVERYBODY));
        }
        judge.equal(
                "ARP replies to H that came to A",
                1,
                packets.arp(Place.A, FramePackets.ARP_REPLY, h.address()).size());
        judge.equal("Ethernet address that H learned of J", j.mac(), packets.learned(NEIGHBOURS, j.address()));
        TunnelPackets sent = new TunnelPackets(evidence, RESOLUTION);
        sent.once(judge, PACKET, sent.host(Place.J));
    }

    @Requirement(
            id = "LINUX-BRIDGE-TTL",
            level = Level.LINUX,
            source = "net/bridge/br_forward.c br_forward, net/ipv4/ip_tunnel.c ip_tunnel_xmit",
            sentence =
                    "A bridged IPv4 packet keeps its TTL to the end, and an inheriting device takes the outer one from it; behind a tag, that "
                            + "the bridge's port had taken off, Linux does not find it and takes that of the route.",
            provoked = "H sends J an ICMP message with TTL 9, and one behind a tag.",
            observed = "Inner and outer TTL on A's underlay; TTL at J.",
            outside = {Family.IPV4, Family.IPV6})
    void ttlIsNotCountedDown(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, FRAMES);
        OptionsInForce options = OptionsInForce.during(packets.window());
        packets.once(judge, IPV4, packets.underlay(Place.A)).ifPresent(seen -> {
            IpHeader outer = TunnelPackets.outerIp(seen);
            judge.field(seen, outer, outer.hopLimitField(), options.ttl(BridgeStimuli.TTL));
            judge.field(seen, TunnelPackets.inner(seen), TTL, BridgeStimuli.TTL);
        });
        packets.once(judge, IPV4, packets.host(Place.J))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.inner(seen), TTL, BridgeStimuli.TTL));
        FramePackets.during(evidence, FRAMES)
                .once(judge, TAGGED_IPV4)
                .ifPresent(seen -> judge.knownField(
                        seen,
                        TunnelPackets.outerIp(seen),
                        TunnelPackets.outerIp(seen).hopLimitField(),
                        options.ttl(BridgeStimuli.TTL),
                        options.ttl(DEFAULT_TTL),
                        "include/linux/if_vlan.h __vlan_get_protocol takes the tag to be within skb->mac_len"));
    }

    @Requirement(
            id = "LINUX-BRIDGE-MTU",
            level = Level.LINUX,
            source = "net/core/dev.c is_skb_forwardable, net/ipv4/ip_output.c ip_fragment",
            sentence =
                    "Nobody tells a host that the tunnel takes less than its LAN: a frame of up to a tag's length more than the device's MTU "
                            + "is given to it and fails on the underlay, a longer one the bridge drops, and both are lost without a word.",
            provoked = "H sends J frames with as much data as A's tunnel device takes, one byte more and five more.",
            observed =
                    "A's underlay and J; Ip FragFails of A, tx_dropped of its tunnel device; nothing comes back to H.",
            kinds = "gretap")
    void tooLongFramesAreLost(Judge judge) {
        FramePackets packets = FramePackets.during(evidence, LENGTHS);
        crosses(judge, packets, LARGEST);
        for (String label : List.of(ONE_MORE, FIVE_MORE)) {
            packets.sent(label);
            judge.equal(
                    "times that the frame \"" + label + "\" left A",
                    0,
                    packets.encapsulated(label).size());
        }
        judge.equal("Ip FragFails of A", 1L, packets.window().delta(Place.A, "snmp.Ip.FragFails"));
        judge.equal("tx_dropped of A's tunnel device", 1L, packets.window().tunnelDelta(Place.A, "tx_dropped"));
        Port h = host(topology.a().lan());
        // the three that it sent itself
        judge.equal(
                "frames at H",
                3,
                packets.window().at(new CapturePoint(h.place(), h.device())).size());
    }

    private void crosses(Judge judge, FramePackets packets, String label) {
        Port j = host(topology.b().lan());
        packets.once(judge, label);
        judge.equal(
                "times that the frame \"" + label + "\" came to J",
                1,
                packets.at(label, new CapturePoint(j.place(), j.device())));
    }

    private static Port host(@Nullable Lan lan) {
        return Objects.requireNonNull(lan, "a server without a LAN").host();
    }
}
