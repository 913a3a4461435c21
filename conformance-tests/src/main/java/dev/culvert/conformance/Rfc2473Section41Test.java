package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.LIMITS;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.LIMIT_0;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.LIMIT_1;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.LIMIT_3;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.NO_LIMIT;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.UdpEncapsulation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@ConformanceTest("RFC 2473 section 4.1.1, the tunnel encapsulation limit")
class Rfc2473Section41Test {

    private static final String SOURCE = "RFC 2473 section 4.1.1";
    /** Where the options header is, and the limit in it. */
    private static final int OPTIONS = EthernetHeader.LENGTH + Ipv6Header.LENGTH;

    private static final int LIMIT = 4;

    private static final String NO_LIMIT_LOOKED_AT =
            "net/ipv6/ip6_tunnel.c ipxip6_tnl_xmit, net/ipv6/ip6_gre.c ip6gre_xmit_ipv6: the limit is looked at only where no metadata is collected";

    private final Evidence evidence;

    Rfc2473Section41Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2473-4.1.1-OPT-FORMAT",
            level = Level.MUST,
            source = SOURCE + "; net/ipv6/ip6_tunnel.c init_tel_txopt",
            sentence =
                    "The limit that the device has travels in a destination options header of 8 bytes: option type 4, length 1, the limit, and "
                            + "PadN of 3 bytes; with \"encaplimit none\", and in external mode, there is no such header.",
            provoked = "A sends a message of 84 bytes.",
            observed = "The 8 bytes behind the outer header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            kinds = {"ip6erspan", "ip6gre", "ip6gretap", "ip6tnl"})
    void limitIsAnOption(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        Map<String, String> words = packets.window().stimulus().options();
        Topology topology = evidence.topology();
        int follows = topology.udpEncapsulation().isPresent()
                ? UdpEncapsulation.PROTOCOL
                : topology.kind()
                        .carriedProtocol(
                                topology.a().tunnel().options(),
                                topology.carriedAs(topology.innerFamily().carried()));
        packets.once(judge, "length-84", packets.underlay(Place.A)).ifPresent(seen -> {
            if (topology.external() || words.getOrDefault("encaplimit", "4").equals("none")) {
                judge.equal(
                        "limit of the packet", Optional.empty(), seen.dissect().encapsulationLimit());
                judge.field(seen, TunnelPackets.outerIp(seen), Ipv6Header.NEXT_HEADER, follows);
            } else {
                int limit = Integer.parseInt(words.getOrDefault("encaplimit", "4"));
                // next header, length 0 for 8 bytes, the option, PadN with one byte of data
                Bytes expected =
                        Bytes.parse("00 00 04 01 00 01 01 00").with(0, follows).with(LIMIT, limit);
                Bytes behind = seen.packet().bytes().slice(OPTIONS, 8);
                judge.equal("destination options header", expected.toString(), behind.toString(), seen, OPTIONS, 8);
            }
        });
    }

    @Requirement(
            id = "RFC2473-4.1.1-DECREMENT",
            level = Level.MUST,
            source = SOURCE + "; net/ipv6/ip6_tunnel.c ip6_tnl_parse_tlv_enc_lim, ipxip6_tnl_xmit",
            sentence =
                    "A packet that has a limit before it enters the tunnel gets one less in the outer header, whatever the device's own limit is; "
                            + "a device in external mode gives it none.",
            provoked = "A sends ICMPv6 messages with a limit of 3 and of 1 in a destination options header.",
            observed = "Limit behind the outer header, on A's underlay.",
            inside = Family.IPV6,
            outside = Family.IPV6,
            needs = Trait.LAN,
            kinds = {"ip6gre", "ip6tnl"})
    void limitIsOneLess(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, LIMITS);
        Map.of(LIMIT_3, 2, LIMIT_1, 0)
                .forEach((label, expected) -> packets.once(judge, label, packets.underlay(Place.A))
                        .ifPresent(seen -> limit(judge, label, expected, seen)));
    }

    private void limit(Judge judge, String label, int expected, Seen seen) {
        String what = "limit of \"" + label + "\" within the tunnel";
        if (evidence.topology().external()) {
            judge.known(
                    what,
                    Optional.of(expected),
                    Optional.empty(),
                    seen.dissect().encapsulationLimit(),
                    NO_LIMIT_LOOKED_AT);
            return;
        }
        judge.equal(what, Optional.of(expected), seen.dissect().encapsulationLimit(), seen, OPTIONS + LIMIT, 1);
    }

    @Requirement(
            id = "RFC2473-4.1.1-ZERO",
            level = Level.MUST,
            source = SOURCE + "; net/ipv6/ip6_tunnel.c ipxip6_tnl_xmit",
            sentence =
                    "A packet whose limit is 0 does not enter the tunnel; its source is told by ICMPv6 parameter problem code 0, which points "
                            + "at the limit. A device in external mode sends it like any other.",
            provoked = "H sends J an ICMPv6 message with a limit of 0, and one without a limit.",
            observed = "A's underlay; ICMPv6 errors at H; tx_errors and tx_dropped of A's tunnel device.",
            inside = Family.IPV6,
            outside = Family.IPV6,
            needs = Trait.LAN,
            kinds = {"ip6gre", "ip6tnl"})
    void limitOfZeroIsRefused(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, LIMITS);
        packets.once(judge, NO_LIMIT, packets.host(Place.J));
        if (evidence.topology().external()) {
            judge.known(
                    "times that the packet of limit 0 was encapsulated, and errors to H about it",
                    List.of(0, 1),
                    List.of(1, 0),
                    List.of(
                            packets.of(LIMIT_0, packets.underlay(Place.A)).size(),
                            packets.errorsAbout(LIMIT_0, packets.host(Place.H)).size()),
                    NO_LIMIT_LOOKED_AT);
            return;
        }
        judge.equal(
                "times that the packet of limit 0 was encapsulated",
                0,
                packets.of(LIMIT_0, packets.underlay(Place.A)).size());
        List<Seen> told = packets.errorsAbout(LIMIT_0, packets.host(Place.H));
        judge.equal("ICMPv6 errors to H about it", 1, told.size());
        for (Seen seen : told) {
            Icmpv6Header icmp = seen.dissect().icmpv6().orElseThrow();
            judge.field(seen, icmp, Icmpv6Header.TYPE, Icmpv6Header.PARAMETER_PROBLEM);
            judge.field(seen, icmp, Icmpv6Header.CODE, 0);
            judge.field(seen, icmp, Icmpv6Header.POINTER, Ipv6Header.LENGTH + LIMIT);
        }
        judge.equal("tx_errors of A's tunnel device", 1L, packets.window().tunnelDelta(Place.A, "tx_errors"));
        judge.equal("tx_dropped of A's tunnel device", 1L, packets.window().tunnelDelta(Place.A, "tx_dropped"));
    }
}
