package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.BridgeStimuli.FIVE_MORE;
import static dev.culvert.harness.stimulus.BridgeStimuli.LARGEST;
import static dev.culvert.harness.stimulus.BridgeStimuli.LENGTHS;
import static dev.culvert.harness.stimulus.BridgeStimuli.ONE_MORE;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import java.util.List;
import java.util.Objects;

@ConformanceTest("drivers/net/geneve.c, two LAN segments that Geneve joins")
final class LinuxGeneveBridgeTest {

    private final Evidence evidence;

    LinuxGeneveBridgeTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-GENEVE-BRIDGE-MTU",
            level = Level.LINUX,
            source =
                    "net/core/dev.c is_skb_forwardable; drivers/net/geneve.c geneve_xmit_skb; net/ipv4/ip_output.c ip_fragment",
            sentence =
                    "A frame of up to a tag's length more than the device's MTU leaves in outer fragments, since Geneve sets no DF unless told "
                            + "to, and comes as it was sent; a longer one the bridge drops without a word.",
            provoked = "H sends J frames with as much data as A's tunnel device takes, one byte more and five more.",
            observed =
                    "Outer fragments on A's underlay; the frames at J; tx_packets of A's tunnel device; nothing comes back to H.",
            kinds = "geneve",
            needs = {Trait.BRIDGED, Trait.LAN})
    void longerFramesLeaveInFragments(Judge judge) {
        FramePackets packets = FramePackets.during(evidence, LENGTHS);
        Port h = host(evidence.topology().a());
        Port j = host(evidence.topology().b());
        packets.once(judge, LARGEST);
        for (String label : List.of(LARGEST, ONE_MORE)) {
            judge.equal(
                    "times that the frame \"" + label + "\" came to J",
                    1,
                    packets.at(label, new CapturePoint(j.place(), j.device())));
        }
        packets.sent(FIVE_MORE);
        judge.equal(
                "times that the frame \"" + FIVE_MORE + "\" came to J",
                0,
                packets.at(FIVE_MORE, new CapturePoint(j.place(), j.device())));
        long fragments = packets.window().atUnderlay(Place.A).stream()
                .flatMap(seen -> seen.dissect().outerIpv4().stream())
                .filter(LinuxGeneveBridgeTest::isFragment)
                .count();
        judge.equal("outer fragments on A's underlay", 2L, fragments);
        judge.equal("tx_packets of A's tunnel device", 2L, packets.window().tunnelDelta(Place.A, "tx_packets"));
        // the three that it sent itself
        judge.equal(
                "frames at H",
                3,
                packets.window().at(new CapturePoint(h.place(), h.device())).size());
    }

    private static boolean isFragment(Ipv4Header outer) {
        return outer.moreFragments() || outer.fragmentOffset() > 0;
    }

    private static Port host(Endpoint endpoint) {
        return Objects.requireNonNull(endpoint.lan(), "a server without a LAN").host();
    }
}
