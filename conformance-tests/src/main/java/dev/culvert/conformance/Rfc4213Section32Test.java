package dev.culvert.conformance;

import static dev.culvert.harness.packet.Icmpv6Header.CODE;
import static dev.culvert.harness.packet.Icmpv6Header.MTU;
import static dev.culvert.harness.packet.Icmpv6Header.TYPE;
import static dev.culvert.harness.packet.Ipv4Header.DF;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Objects;

@ConformanceTest("RFC 4213 section 3.2, the MTU of the tunnel and fragmentation")
class Rfc4213Section32Test {

    /** RFC 8200 section 5. */
    private static final int IPV6_MINIMUM = 1280;
    /** RFC 4213 section 3.2: what is left of Ethernet's 1500. */
    private static final int MOST = 1480;

    private final Evidence evidence;
    private final Topology topology;

    Rfc4213Section32Test(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "RFC4213-3.2-MTU-RANGE",
            level = Level.MUST,
            source = "RFC 4213 section 3.2",
            sentence = "The MTU of a tunnel device is between 1280 and 1480 bytes unless somebody sets it.",
            provoked = "The tunnel devices as configured.",
            observed = "MTU that \"ip link\" tells of the devices of both servers.",
            inside = Family.IPV6,
            kinds = "sit")
    void mtuIsWithinTheRange(Judge judge) {
        for (Place place : List.of(Place.A, Place.B)) {
            String device = topology.endpoint(place).tunnel().device();
            if (topology.endpoint(place).tunnel().mtu() == null) {
                int mtu = evidence.configured(place).link(device).path("mtu").asInt();
                judge.holds(
                        "mtu of " + device + " on " + place.id(),
                        "within " + IPV6_MINIMUM + " … " + MOST,
                        mtu >= IPV6_MINIMUM && mtu <= MOST,
                        Integer.toString(mtu));
            }
        }
    }

    @Requirement(
            id = "RFC4213-3.2.1-STATIC-DF",
            level = Level.MUST_NOT,
            source = "RFC 4213 section 3.2.1; ip-link(8): nopmtudisc",
            sentence = "With a static tunnel MTU, which is what \"nopmtudisc\" makes it, no outer header has DF set.",
            provoked = "A sends ICMPv6 messages on a device with \"nopmtudisc\".",
            observed = "DF of the outer headers, on A's underlay.",
            inside = Family.IPV6,
            kinds = "sit")
    void staticMtuMeansNoDf(Judge judge) {
        df(judge, INHERITED, 0);
    }

    @Requirement(
            id = "RFC4213-3.2.2-DYNAMIC-DF",
            level = Level.MUST,
            source = "RFC 4213 section 3.2.2; ip-link(8): pmtudisc",
            sentence =
                    "With a dynamic tunnel MTU, \"pmtudisc\" and the default, each outer header on a path of more than 1300 bytes has DF set.",
            provoked = "A sends ICMPv6 messages: as configured, and with \"pmtudisc\".",
            observed = "DF of the outer headers, on A's underlay.",
            inside = Family.IPV6,
            kinds = "sit")
    void dynamicMtuMeansDf(Judge judge) {
        OptionsInForce options = OptionsInForce.during(evidence.during(AS_CONFIGURED));
        df(judge, AS_CONFIGURED, options.df(0));
        df(judge, FIXED, 1);
    }

    private void df(Judge judge, String stimulus, int expected) {
        TunnelPackets packets = new TunnelPackets(evidence, stimulus);
        for (String label : List.of("length-48", "length-largest", "router-alert")) {
            packets.once(judge, label, packets.underlay(Place.A))
                    .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), DF, expected));
        }
    }

    @Requirement(
            id = "RFC4213-3.2.2-TOO-BIG",
            level = Level.MUST,
            source = "RFC 4213 section 3.2.2; net/ipv6/sit.c ipip6_tunnel_xmit",
            sentence =
                    "A packet that is longer than the path's MTU less 20, which is more than 1280, is not sent; its source is told that MTU "
                            + "by ICMPv6 packet too big. One that fits is sent with DF set.",
            provoked =
                    "H sends J packets: one that the router's link to B refuses, then one as long, one byte too long, and one that fits.",
            observed = "ICMPv6 errors at H; A's underlay; the packet that fits at J.",
            inside = Family.IPV6,
            kinds = "sit",
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
            List<Seen> told = packets.errorsAbout(label, packets.host(Place.H));
            judge.equal("ICMPv6 errors to H about \"" + label + "\"", 1, told.size());
            told.forEach(seen -> tooBig(judge, seen, fitting));
        }
        packets.once(judge, "fitting", packets.underlay(Place.A))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), DF, 1));
        packets.once(judge, "fitting", packets.host(Place.J));
    }

    @Requirement(
            id = "RFC4213-3.2.2-LOW-PATH",
            level = Level.MUST,
            source = "RFC 4213 section 3.2.2; net/ipv6/sit.c ipip6_tunnel_xmit (df = 0)",
            sentence =
                    "Where the path's MTU less 20 is less than 1280, a packet of more than 1280 bytes is not sent and its source is told 1280; one "
                            + "that is shorter is sent without DF, and cut into outer fragments.",
            provoked =
                    "H sends J packets: one that the router's link to B refuses, then one as long, one that fits the path, and one byte more.",
            observed = "ICMPv6 errors at H; outer headers on A's underlay; the packets at J.",
            inside = Family.IPV6,
            kinds = "sit",
            needs = {Trait.NARROW_PATH, Trait.TOO_NARROW_FOR_IPV6, Trait.LAN, Trait.IP_PAYLOAD})
    void outerPacketsAreCut(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTED);
        List<Seen> told = packets.errorsAbout("known-path", packets.host(Place.H));
        judge.equal("ICMPv6 errors to H about \"known-path\"", 1, told.size());
        told.forEach(seen -> tooBig(judge, seen, IPV6_MINIMUM));
        packets.once(judge, "fitting", packets.underlay(Place.A))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), DF, 0));
        for (String label : List.of("fitting", "one-too-long")) {
            packets.once(judge, label, packets.host(Place.J));
        }
        List<Seen> fragments = packets.leaving(Place.A).stream()
                .filter(seen -> TunnelPackets.outer(seen).moreFragments())
                .toList();
        judge.equal("first fragments on A's underlay", 1, fragments.size());
        fragments.forEach(seen -> judge.field(seen, TunnelPackets.outer(seen), DF, 0));
    }

    private static void tooBig(Judge judge, Seen seen, int mtu) {
        Icmpv6Header icmp = seen.dissect().icmpv6().orElseThrow();
        judge.field(seen, icmp, TYPE, Icmpv6Header.PACKET_TOO_BIG);
        judge.field(seen, icmp, CODE, 0);
        judge.field(seen, icmp, MTU, mtu);
    }
}
