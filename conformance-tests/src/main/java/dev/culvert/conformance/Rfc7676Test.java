package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv6Header.NEXT_HEADER;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.stimulus.HeaderStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;

@ConformanceTest("RFC 7676, GRE over IPv6")
final class Rfc7676Test {

    private static final int DESTINATION_OPTIONS = 60;
    private static final int GRE = 47;

    private final Evidence evidence;
    private final Topology topology;

    Rfc7676Test(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "RFC7676-4.1-NH",
            level = Level.MUST,
            source = "RFC 7676 section 4.1; RFC 2784 section 2",
            sentence =
                    "GRE's header is right behind the outer IPv6 header, whose next header is 47, or behind the encapsulation limit, and then it is "
                            + "that one's; it has 4 bytes and 4 for each optional word.",
            provoked = "A sends ICMP or ICMPv6 messages of different lengths through the tunnel.",
            observed =
                    "Next header of the outer header, the protocol behind its extension headers, and the length of GRE's header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            needs = Trait.NOT_IN_UDP,
            kinds = {"ip6gre", "ip6gretap"})
    void greIsBehindTheOuterHeader(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        boolean limited = !topology.external()
                && !"none".equals(packets.window().stimulus().options().getOrDefault("encaplimit", "4"));
        int before = Ipv6Header.LENGTH + (limited ? 8 : 0) + topology.frameHeader();
        for (int length : HeaderStimuli.lengths(topology.innerFamily())) {
            packets.once(judge, "length-" + length, packets.underlay(Place.A)).ifPresent(seen -> {
                IpHeader outer = TunnelPackets.outerIp(seen);
                judge.field(seen, outer, NEXT_HEADER, limited ? DESTINATION_OPTIONS : GRE);
                judge.equal("protocol behind the outer header", GRE, outer.protocolNumber());
                GreHeader gre =
                        seen.dissect().gre().orElseThrow(() -> new NotObserved("no GRE header on " + seen.at()));
                judge.equal(
                        "length of the GRE header",
                        topology.overhead() - before,
                        gre.length(),
                        seen,
                        gre.offset(),
                        gre.length());
            });
        }
    }
}
