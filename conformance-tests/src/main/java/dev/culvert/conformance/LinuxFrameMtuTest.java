package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.FrameStimuli.LARGEST;
import static dev.culvert.harness.stimulus.FrameStimuli.LARGEST_TAGGED;
import static dev.culvert.harness.stimulus.FrameStimuli.LENGTHS;
import static dev.culvert.harness.stimulus.FrameStimuli.TOO_LONG;
import static dev.culvert.harness.stimulus.MtuStimuli.DEVICE_MTU;
import static dev.culvert.harness.stimulus.MtuStimuli.LATER_DEVICE;
import static dev.culvert.harness.stimulus.MtuStimuli.LESS;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Sent;
import dev.culvert.harness.stimulus.MtuStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;

@ConformanceTest("Linux, the MTU of tunnel devices that carry frames")
final class LinuxFrameMtuTest {

    private static final int TAG = 4;

    private final Evidence evidence;
    private final Topology topology;

    LinuxFrameMtuTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "LINUX-MTU-DEFAULT-L2",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_bind_dev, net/ipv6/ip6_gre.c ip6gre_tnl_link_config_route, net/packet/af_packet.c packet_snd",
            sentence =
                    "A new device that carries frames has the MTU of its underlay less the outer headers and the Ethernet header inside, over IPv6 at "
                            + "least 1280: a frame with that much data fits the underlay exactly, and one byte more is refused.",
            provoked =
                    "Tunnel devices are made on A and B; one more on A after its underlay's MTU was lowered. A's is given frames with as much "
                            + "data as its MTU, and with one byte more.",
            observed =
                    "MTU of the devices as \"ip link\" shows it; outer total length on A's underlay; the kernel's refusal.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gretap", "ip6erspan", "ip6gretap"},
            needs = {Trait.OWN_ENDS, Trait.ONE_LINK, Trait.FRAMES})
    void newDeviceHasTheUnderlaysMtuLessAllHeaders(Judge judge) {
        for (Place place : new Place[] {Place.A, Place.B}) {
            String device = topology.endpoint(place).tunnel().device();
            judge.equal(
                    "mtu of " + device + " on " + place.id(),
                    topology.tunnelMtu(place),
                    evidence.configured(place).link(device).path("mtu").asInt());
        }
        int lowered = topology.a().underlay().mtu() - LESS;
        judge.equal(
                "mtu of a device made over an underlay of " + lowered,
                topology.kind().defaultMtu(topology.outerFamily(), lowered, MtuStimuli.laterOptions(topology)),
                Listing.of(evidence.during(DEVICE_MTU).answer("links"))
                        .link(LATER_DEVICE)
                        .path("mtu")
                        .asInt());
        FramePackets packets = FramePackets.during(evidence, LENGTHS);
        packets.once(judge, LARGEST)
                .ifPresent(seen -> TunnelPackets.outerLength(judge, seen, packets.longest(LARGEST)));
        judge.equal("times that it came out of B's tunnel device", 1, packets.out(LARGEST));
        judge.equal("refusal of one byte more", "Message too long", refusal(packets));
    }

    @Requirement(
            id = "LINUX-MTU-VLAN",
            level = Level.LINUX,
            source = "net/packet/af_packet.c packet_snd, net/ipv4/ip_output.c ip_fragment",
            sentence =
                    "The MTU leaves no room for a tag: a tagged frame with as much data is taken, becomes an outer packet too long for the "
                            + "underlay and, its DF set, is dropped there as one that could not be fragmented.",
            provoked = "A's tunnel device is given a tagged frame with as much data as its MTU.",
            observed = "A's underlay, on which the same frame without a tag is seen; Ip FragFails of A.",
            kinds = "gretap",
            needs = Trait.OWN_ENDS)
    void mtuLeavesNoRoomForATag(Judge judge) {
        FramePackets packets = FramePackets.during(evidence, LENGTHS);
        judge.control(
                "the frame without a tag left A", packets.encapsulated(LARGEST).size() == 1);
        packets.sent(LARGEST_TAGGED);
        boolean fits = topology.tunnelMtu(Place.A) + topology.overhead() + TAG
                <= topology.a().underlay().mtu();
        judge.equal(
                "times that the tagged frame left A",
                fits ? 1 : 0,
                packets.encapsulated(LARGEST_TAGGED).size());
        judge.equal("Ip FragFails of A", fits ? 0L : 1L, packets.window().delta(Place.A, "snmp.Ip.FragFails"));
    }

    /** What the kernel said of the frame that is longer than the device takes. */
    private static String refusal(FramePackets packets) {
        return packets.window().stimulus().sent().stream()
                .filter(sent -> sent.label().equals(TOO_LONG))
                .findFirst()
                .map(Sent::error)
                .orElse("none");
    }
}
