package dev.culvert.conformance;

import static dev.culvert.conformance.ErspanPackets.header;
import static dev.culvert.harness.packet.ErspanHeader.TRUNCATED;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.LARGEST;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.MIRRORED;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.ONE_MORE;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.OVERSIZED;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.TWICE;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.labels;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;

@ConformanceTest("draft-foschiano-erspan-02, mirrored frames")
final class ErspanMirrorTest {

    private static final int ETHERNET_HEADER = 14;

    private final Evidence evidence;
    private final Topology topology;

    ErspanMirrorTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "ERSPAN-MIRROR",
            level = Level.MUST,
            source = "draft-foschiano-erspan-02 section 4; net/sched/act_mirred.c, net/ipv4/ip_gre.c erspan_rcv",
            sentence =
                    "What comes in at the monitored port comes out at the far end byte for byte, tag and all, whoever it is addressed to.",
            provoked =
                    "A mirrors into the tunnel what comes in from H: unicast, broadcast, to nobody, tagged, IPv4 or IPv6, of 59 and 60 bytes.",
            observed = "The frames on A's LAN device, on A's underlay and on B's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = {Trait.LAN, Trait.OWN_ENDS})
    void mirroredFrameComesOutAsItCameIn(Judge judge) {
        Lan lan = topology.a().lan();
        if (lan == null) {
            throw new NotObserved("there is no LAN behind A");
        }
        FramePackets packets = FramePackets.during(evidence, MIRRORED);
        CapturePoint monitored = new CapturePoint(Place.A, lan.server().device());
        for (String label : labels(topology)) {
            judge.control("the frame \"" + label + "\" came in at " + monitored, packets.at(label, monitored) == 1);
            packets.once(judge, label);
            judge.equal("times that the frame \"" + label + "\" came out of B's tunnel device", 1, packets.out(label));
        }
    }

    @Requirement(
            id = "ERSPAN-T-BIT",
            level = Level.MUST,
            source = "draft-foschiano-erspan-02 sections 4.2, 4.3; net/ipv4/ip_gre.c erspan_xmit",
            sentence =
                    "A frame longer than the device takes is cut to what it takes and sent with T 1 where there is a header to say so; one that "
                            + "fits is whole, T 0.",
            provoked =
                    "A mirrors into the tunnel what leaves a device of MTU 3000: a frame as long as the tunnel device takes, one byte longer, and "
                            + "of 3000 bytes.",
            observed =
                    "T, outer total length and the bytes of the frame on A's underlay; the frame on B's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = Trait.OWN_ENDS)
    void longFramesAreCut(Judge judge) {
        FramePackets packets = FramePackets.during(evidence, OVERSIZED);
        int longest = topology.tunnelMtu(Place.A) + ETHERNET_HEADER;
        for (String label : List.of(LARGEST, ONE_MORE, TWICE)) {
            Bytes kept = packets.sent(label).slice(0, longest);
            List<Seen> left = packets.encapsulated(kept);
            judge.equal("times that the frame \"" + label + "\" left A, cut to " + longest + " bytes", 1, left.size());
            for (Seen seen : left) {
                TunnelPackets.outerLength(judge, seen, packets.longest(label));
                if (ErspanOptions.version(topology) != 0) {
                    judge.field(seen, header(seen), TRUNCATED, label.equals(LARGEST) ? 0 : 1);
                }
            }
            judge.equal(
                    "times that it came out of B's tunnel device",
                    1,
                    packets.at(
                            kept,
                            new CapturePoint(Place.B, topology.b().tunnel().device())));
        }
    }
}
