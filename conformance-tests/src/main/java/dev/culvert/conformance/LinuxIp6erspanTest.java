package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv6Header.NEXT_HEADER;
import static dev.culvert.harness.stimulus.FrameStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.FrameStimuli.FIXED;
import static dev.culvert.harness.stimulus.FrameStimuli.INHERITED;
import static dev.culvert.harness.stimulus.FrameStimuli.NOT_IP;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.topologies.Family;
import java.util.List;

@ConformanceTest("net/ipv6/ip6_gre.c ip6erspan_tunnel_xmit, the outer header of a frame")
final class LinuxIp6erspanTest {

    private static final int GRE = 47;

    private final Evidence evidence;

    LinuxIp6erspanTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-IP6ERSPAN-NONIP",
            level = Level.LINUX,
            source = "net/ipv6/ip6_gre.c ip6erspan_tunnel_xmit",
            sentence =
                    "Before a frame that carries no IP stands no encapsulation limit, and its traffic class is 0, whatever the device is told.",
            provoked =
                    "A's tunnel device is given such frames: as configured, with \"hoplimit 33 tclass 0x12\", and with both inherited.",
            observed = "Next header and traffic class of the outer header, on A's underlay.",
            outside = Family.IPV6,
            kinds = "ip6erspan",
            needs = Trait.OWN_ENDS)
    void optionsAreForIpAlone(Judge judge) {
        for (String stimulus : List.of(AS_CONFIGURED, FIXED, INHERITED)) {
            FramePackets packets = FramePackets.during(evidence, stimulus);
            for (String label : NOT_IP) {
                packets.once(judge, label).ifPresent(seen -> {
                    IpHeader outer = TunnelPackets.outerIp(seen);
                    judge.field(seen, outer, NEXT_HEADER, GRE);
                    judge.field(seen, outer, outer.trafficClassField(), 0);
                });
            }
        }
    }
}
