package dev.culvert.conformance;

import static dev.culvert.harness.packet.GreHeader.PROTOCOL_TYPE;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Objects;

@ConformanceTest("RFC 7676 section 3, IPv6 within GRE")
class Rfc7676Section3Test {

    /** The EtherType of IPv6. */
    private static final int IPV6 = 0x86dd;

    private final Evidence evidence;
    private final Topology topology;

    Rfc7676Section3Test(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "RFC7676-3.1-PROTO",
            level = Level.MUST,
            source = "RFC 7676 sections 3 and 3.1",
            sentence =
                    "The protocol type of a GRE header before IPv6 is 0x86dd, and the IPv6 header is right behind it.",
            provoked = "A sends ICMPv6 messages of different shapes through the tunnel.",
            observed = "Protocol type of the GRE header, and where the inner header is, on A's underlay.",
            inside = Family.IPV6,
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "ip6gre"})
    void protocolTypeIsThatOfIpv6(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (String label : List.of("length-48", "length-largest", "router-alert", "flow-label", "tos-bb")) {
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> {
                GreHeader gre =
                        seen.dissect().gre().orElseThrow(() -> new NotObserved("no GRE header on " + seen.at()));
                judge.field(seen, gre, PROTOCOL_TYPE, IPV6);
                int behind = gre.offset() + gre.length();
                judge.equal(
                        "version behind the GRE header",
                        Family.IPV6.version(),
                        seen.packet().bytes().u8(behind) >> 4,
                        seen,
                        behind,
                        1);
                judge.field(seen, TunnelPackets.innerIp(seen), Ipv6Header.VERSION, Family.IPV6.version());
            });
        }
    }

    @Requirement(
            id = "RFC7676-3.3-PTB",
            level = Level.MUST,
            source =
                    "RFC 7676 sections 3.2 and 3.3; net/ipv4/ip_tunnel.c tnl_update_pmtu, net/ipv6/ip6_tunnel.c ip6_tnl_xmit",
            sentence =
                    "An IPv6 packet that is longer than the path carries within GRE is not sent, and its source is told by ICMPv6 packet too big "
                            + "how long one may be; one of that length is sent, and neither it nor what it travels in is fragmented.",
            provoked =
                    "H sends J packets: one that the router's link to B refuses, then one as long, one byte too long, and one that fits.",
            observed = "ICMPv6 errors at H; A's underlay; the packet that fits at J.",
            inside = Family.IPV6,
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "ip6gre"},
            needs = {Trait.NARROW_PATH, Trait.ROOM_FOR_IPV6, Trait.LAN, Trait.IP_PAYLOAD})
    void tooBigIsToldToTheSource(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        int fitting = Objects.requireNonNull(topology.router()).towardsB().mtu() - topology.overhead();
        judge.control(
                "the router's error about the first packet came to A",
                !packets.errorsAbout("unknown-path", packets.underlay(Place.A)).isEmpty());
        for (String label : List.of("known-path", "one-too-long")) {
            judge.equal(
                    "times that \"" + label + "\" was encapsulated",
                    0,
                    packets.of(label, packets.underlay(Place.A)).size());
            TooLong.told(judge, packets, label, fitting);
        }
        packets.once(judge, "fitting", packets.underlay(Place.B));
        packets.once(judge, "fitting", packets.host(Place.J));
    }
}
