package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DecapsulationStimuli.DECAPSULATED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("RFC 2983, differentiated services and tunnels")
class Rfc2983Test {

    private final Evidence evidence;

    Rfc2983Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2983-PIPE",
            level = Level.MAY,
            source = "RFC 2983 section 3.1",
            sentence = "The pipe model at the exit: the outer DSCP is thrown away, the inner one is untouched.",
            provoked = "A composes outer packets with DSCP 46 around 0, and with DSCP 8 around 46.",
            observed = "DSCP of the packet on B's tunnel device.",
            needs = {Trait.COMPOSED, Trait.OWN_DSCP},
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"})
    void pipe(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, DECAPSULATED);
        packets.once(judge, "dscp-0-in-46", packets.tunnel(Place.B))
                .ifPresent(seen -> dscp(judge, seen, TunnelPackets.innerIp(seen), 0));
        packets.once(judge, "ecn-0-in-0", packets.tunnel(Place.B))
                .ifPresent(seen -> dscp(judge, seen, TunnelPackets.innerIp(seen), 46));
    }

    @Requirement(
            id = "RFC2983-UNIFORM-ENCAP",
            level = Level.MAY,
            source = "RFC 2983 section 3.1",
            sentence =
                    "The uniform model at the entry can be chosen: \"tos inherit\" copies the inner DSCP to the outer header.",
            provoked = "A sends ICMP messages with DSCP 46 and 0 on a device with \"tos inherit\".",
            observed = "DSCP of the outer header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"})
    void uniformAtTheEntry(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, INHERITED);
        for (String label : List.of("tos-b8", "tos-b9", "tos-ba", "tos-bb")) {
            packets.once(judge, label, packets.underlay(Place.A))
                    .ifPresent(seen -> dscp(judge, seen, TunnelPackets.outerIp(seen), 46));
        }
        packets.once(judge, "length-84", packets.underlay(Place.A))
                .ifPresent(seen -> dscp(judge, seen, TunnelPackets.outerIp(seen), 0));
    }

    private static void dscp(Judge judge, Seen seen, IpHeader header, int expected) {
        judge.field(seen, header, header.dscpField(), expected);
    }
}
