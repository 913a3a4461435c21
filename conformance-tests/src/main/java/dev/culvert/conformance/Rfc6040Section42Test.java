package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv4Header.HEADER_CHECKSUM;
import static dev.culvert.harness.stimulus.DecapsulationStimuli.DECAPSULATED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.InternetChecksum;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;

@ConformanceTest("RFC 6040 section 4.2, ECN at the exit of a tunnel")
@SpeaksOf(
        kinds = {"erspan", "geneve", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"},
        inside = {Family.IPV4, Family.IPV6},
        outside = {Family.IPV4, Family.IPV6},
        needs = Trait.COMPOSED)
class Rfc6040Section42Test {

    private static final String SOURCE = "RFC 6040 section 4.2";
    private static final String PROVOKED = "A composes outer packets of these inner and outer ECN fields.";
    private static final String OBSERVED = "ECN field, and IPv4's header checksum, of the packet on B's tunnel device.";

    private final Evidence evidence;

    Rfc6040Section42Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC6040-4.2-NOTECT-NOTECT",
            level = Level.MUST,
            source = SOURCE,
            sentence = "Inner Not-ECT within outer Not-ECT stays Not-ECT.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void notEctInNotEct(Judge judge) {
        comesOut(judge, 0, 0, 0);
    }

    @Requirement(
            id = "RFC6040-4.2-NOTECT-ECT",
            level = Level.MUST,
            source = SOURCE,
            sentence = "Inner Not-ECT within outer ECT is let through, and stays Not-ECT.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void notEctInEct(Judge judge) {
        comesOut(judge, 0, 1, 0);
        comesOut(judge, 0, 2, 0);
    }

    @Requirement(
            id = "RFC6040-4.2-NOTECT-CE",
            level = Level.MUST,
            source = SOURCE,
            sentence = "Inner Not-ECT within outer CE is dropped, and counted as an error of the tunnel device.",
            provoked = PROVOKED,
            observed =
                    "Nothing on B's tunnel device, where the other ECN fields come out; its rx_errors and rx_frame_errors.")
    void notEctInCe(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, DECAPSULATED);
        judge.control(
                "the outer packet came to B's underlay",
                !packets.of("ecn-0-in-3", packets.underlay(Place.B)).isEmpty());
        judge.control(
                "Not-ECT within Not-ECT came out of B's tunnel device",
                !packets.of("ecn-0-in-0", packets.tunnel(Place.B)).isEmpty());
        judge.equal(
                "times that Not-ECT within CE came out",
                0,
                packets.of("ecn-0-in-3", packets.tunnel(Place.B)).size());
        judge.equal("rx_errors of B's tunnel device", 1L, packets.window().tunnelDelta(Place.B, "rx_errors"));
        judge.equal(
                "rx_frame_errors of B's tunnel device", 1L, packets.window().tunnelDelta(Place.B, "rx_frame_errors"));
    }

    @Requirement(
            id = "RFC6040-4.2-ECT0",
            level = Level.MUST,
            source = SOURCE,
            sentence =
                    "Inner ECT(0) becomes ECT(1) within outer ECT(1), CE within outer CE, and stays within the others.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void ect0(Judge judge) {
        comesOut(judge, 2, 0, 2);
        comesOut(judge, 2, 1, 1);
        comesOut(judge, 2, 2, 2);
        comesOut(judge, 2, 3, 3);
    }

    @Requirement(
            id = "RFC6040-4.2-ECT1",
            level = Level.MUST,
            source = SOURCE,
            sentence = "Inner ECT(1) becomes CE within outer CE, and stays within the others.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void ect1(Judge judge) {
        comesOut(judge, 1, 0, 1);
        comesOut(judge, 1, 1, 1);
        comesOut(judge, 1, 2, 1);
        comesOut(judge, 1, 3, 3);
    }

    @Requirement(
            id = "RFC6040-4.2-CE",
            level = Level.MUST,
            source = SOURCE,
            sentence = "Inner CE stays CE, whatever the outer field is.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void ce(Judge judge) {
        for (int outer = 0; outer < 4; outer++) {
            comesOut(judge, 3, outer, 3);
        }
    }

    /** The checksum of IPv4 shows that the exit, where it rewrote the field, rewrote it properly. */
    private void comesOut(Judge judge, int inner, int outer, int expected) {
        TunnelPackets packets = new TunnelPackets(evidence, DECAPSULATED);
        String label = "ecn-" + inner + "-in-" + outer;
        judge.control(
                "the outer packet \"" + label + "\" came to B's underlay",
                !packets.of(label, packets.underlay(Place.B)).isEmpty());
        packets.once(judge, label, packets.tunnel(Place.B)).ifPresent(seen -> {
            IpHeader header = TunnelPackets.innerIp(seen);
            judge.field(seen, header, header.ecnField(), expected);
            if (header instanceof Ipv4Header ipv4) {
                int right =
                        new InternetChecksum().add(ipv4.bytes().with16(10, 0)).value();
                judge.field(seen, ipv4, HEADER_CHECKSUM, right);
            }
        });
    }
}
