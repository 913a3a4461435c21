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
            needs = Trait.INHERITS_CLASS,
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

    @Requirement(
            id = "RFC2983-UNIFORM-DECAP",
            level = Level.MAY,
            source =
                    "RFC 2983 section 3.1; net/ipv6/ip6_tunnel.c ip6ip6_dscp_ecn_decapsulate, ip4ip6_dscp_ecn_decapsulate",
            sentence =
                    "The uniform model at the exit can be chosen: \"dscp inherit\" copies the outer DSCP to the inner header, and nothing of ECN.",
            provoked =
                    "A composes outer packets with DSCP 46 around 0, and with DSCP 8 around 46, to a device with \"dscp inherit\".",
            observed =
                    "DSCP and ECN of the packet on B's tunnel device, and the checksum of its header where there is one.",
            needs = {Trait.COMPOSED, Trait.OUTER_DSCP},
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            kinds = {"ip6gre", "ip6tnl"})
    void uniformAtTheExit(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, DECAPSULATED);
        comesOut(judge, packets, "dscp-0-in-46", 46, 0);
        comesOut(judge, packets, "ecn-0-in-0", 8, 0);
        comesOut(judge, packets, "ecn-1-in-2", 8, 1);
    }

    private static void comesOut(Judge judge, TunnelPackets packets, String label, int dscp, int ecn) {
        packets.once(judge, label, packets.tunnel(Place.B)).ifPresent(seen -> {
            IpHeader inner = TunnelPackets.innerIp(seen);
            dscp(judge, seen, inner, dscp);
            judge.field(seen, inner, inner.ecnField(), ecn);
        });
    }

    private static void dscp(Judge judge, Seen seen, IpHeader header, int expected) {
        judge.field(seen, header, header.dscpField(), expected);
    }
}
