package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.FrameStimuli.LARGEST;
import static dev.culvert.harness.stimulus.FrameStimuli.LARGEST_TAGGED;
import static dev.culvert.harness.stimulus.FrameStimuli.LENGTHS;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.stimulus.BridgeStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Objects;

@ConformanceTest("net/ipv6/ip6_gre.c, how long the frames may be that GRE over IPv6 carries")
final class LinuxIp6gretapTest {

    private final Evidence evidence;
    private final Topology topology;

    LinuxIp6gretapTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "LINUX-IP6GRE-MTU-VLAN",
            level = Level.LINUX,
            source = "net/packet/af_packet.c packet_snd, net/ipv6/ip6_tunnel.c ip6_tnl_xmit",
            sentence =
                    "The MTU leaves no room for a tag: a tagged frame with as much data is taken, and dropped by the device as a tx error.",
            provoked = "A's tunnel device is given a tagged frame with as much data as its MTU.",
            observed =
                    "A's underlay, on which the same frame without a tag is seen; tx_errors and tx_dropped of A's tunnel device.",
            outside = Family.IPV6,
            kinds = "ip6gretap",
            needs = Trait.OWN_ENDS)
    void mtuLeavesNoRoomForATag(Judge judge) {
        FramePackets packets = FramePackets.during(evidence, LENGTHS);
        judge.control(
                "the frame without a tag left A", packets.encapsulated(LARGEST).size() == 1);
        dropped(judge, packets, List.of(LARGEST_TAGGED));
    }

    @Requirement(
            id = "LINUX-IP6GRE-BRIDGE-MTU",
            level = Level.LINUX,
            source = "net/core/dev.c is_skb_forwardable, net/ipv6/ip6_tunnel.c ip6_tnl_xmit",
            sentence =
                    "Nobody tells a host that the tunnel takes less than its LAN: a frame of up to a tag's length more than the device's MTU is given to it "
                            + "and dropped there as a tx error, a longer one the bridge drops, and both are lost without a word.",
            provoked = "H sends J frames with as much data as A's tunnel device takes, one byte more and five more.",
            observed = "A's underlay and J; tx_errors and tx_dropped of A's tunnel device; nothing comes back to H.",
            outside = Family.IPV6,
            kinds = "ip6gretap",
            needs = {Trait.BRIDGED, Trait.LAN})
    void tooLongFramesAreLost(Judge judge) {
        FramePackets packets = FramePackets.during(evidence, BridgeStimuli.LENGTHS);
        packets.once(judge, BridgeStimuli.LARGEST);
        Port j = Objects.requireNonNull(topology.b().lan()).host();
        judge.equal(
                "times that the longest frame came to J",
                1,
                packets.at(BridgeStimuli.LARGEST, new CapturePoint(j.place(), j.device())));
        dropped(judge, packets, List.of(BridgeStimuli.ONE_MORE, BridgeStimuli.FIVE_MORE));
        Port h = Objects.requireNonNull(topology.a().lan()).host();
        // the three that it sent itself
        judge.equal(
                "frames at H",
                3,
                packets.window().at(new CapturePoint(h.place(), h.device())).size());
    }

    /** Judges that frames did not leave A, one of which its tunnel device took. */
    private static void dropped(Judge judge, FramePackets packets, List<String> labels) {
        for (String label : labels) {
            packets.sent(label);
            judge.equal(
                    "times that the frame \"" + label + "\" left A",
                    0,
                    packets.encapsulated(label).size());
        }
        for (String counter : List.of("tx_errors", "tx_dropped")) {
            judge.equal(counter + " of A's tunnel device", 1L, packets.window().tunnelDelta(Place.A, counter));
        }
    }
}
