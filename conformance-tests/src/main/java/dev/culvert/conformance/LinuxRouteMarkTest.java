package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.InheritedMarkStimuli.INHERITED_MARK;
import static dev.culvert.harness.stimulus.InheritedMarkStimuli.MARKED_LED;
import static dev.culvert.harness.stimulus.InheritedMarkStimuli.MARKED_LOST;
import static dev.culvert.harness.stimulus.InheritedMarkStimuli.MARKING;
import static dev.culvert.harness.stimulus.InheritedMarkStimuli.UNMARKED_LED;
import static dev.culvert.harness.stimulus.InheritedMarkStimuli.UNMARKED_LOST;
import static dev.culvert.harness.stimulus.RouteMarkStimuli.LED;
import static dev.culvert.harness.stimulus.RouteMarkStimuli.LOST;
import static dev.culvert.harness.stimulus.RouteMarkStimuli.NO_WAY_WITHOUT_MARK;
import static dev.culvert.harness.stimulus.RouteMarkStimuli.ROUTE_MARK;
import static dev.culvert.harness.stimulus.RouteMarkStimuli.WAY_WITHOUT_MARK;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;

@ConformanceTest("include/uapi/linux/if_tunnel.h IFLA_IPTUN_FWMARK, IFLA_GRE_FWMARK and IFLA_VTI_FWMARK")
class LinuxRouteMarkTest {

    private final Evidence evidence;

    LinuxRouteMarkTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-ROUTE-MARK",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_xmit (ip_tunnel_init_flow), net/ipv6/sit.c ipip6_tunnel_xmit, net/ipv6/ip6_tunnel.c "
                            + "ipxip6_tnl_xmit, net/ipv6/ip6_gre.c prepare_ip6gre_xmit_ipv4 and prepare_ip6gre_xmit_ipv6; ip-rule(8)",
            sentence =
                    "The way of the outer packet is looked up with the mark that \"fwmark\" gives the device: a packet that "
                            + "finds none is dropped and counted as a tx error and as one for want of a carrier.",
            provoked =
                    "A's rules lead what has the mark of its tunnel device nowhere, and A sends into the tunnel; then they lead "
                            + "everything nowhere but what has the mark, and A sends again.",
            observed =
                    "The packets on A's underlay and B's tunnel device; tx_errors and tx_carrier_errors of A's tunnel device; what "
                            + "`ip route get` says of the way without a mark.",
            needs = Trait.ROUTE_MARK,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"})
    void wayIsLookedUpWithTheMark(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTE_MARK);
        judge.control(
                "there was a way without the mark",
                packets.window().answer(WAY_WITHOUT_MARK).exit() == 0);
        judge.control(
                "the packet that was to be lost came to A's tunnel device",
                packets.of(LOST, packets.tunnel(Place.A)).size() == 1);
        judge.equal(
                "times that the packet left A whose mark leads nowhere",
                0,
                packets.of(LOST, packets.underlay(Place.A)).size());
        countedAsLost(judge, packets, 1L);
        judge.control(
                "there was no way without the mark",
                packets.window().answer(NO_WAY_WITHOUT_MARK).exit() != 0);
        packets.once(judge, LED, packets.underlay(Place.A));
        packets.once(judge, LED, packets.tunnel(Place.B));
    }

    @Requirement(
            id = "LINUX-VTI-ROUTE-MARK",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_vti.c vti_xmit, net/ipv6/ip6_vti.c vti6_xmit, net/xfrm/xfrm_policy.c xfrm_bundle_create, which goes by the "
                            + "output mark of the state alone",
            sentence =
                    "The way of what IPsec made is not looked up with the mark that \"fwmark\" gives the tunnel interface: rules "
                            + "that lead this mark nowhere lose nothing, and rules that lead all else nowhere lose the packet.",
            provoked =
                    "A's rules lead what has the mark of its tunnel device nowhere, and A sends into the tunnel; then they lead "
                            + "everything nowhere but what has the mark, and A sends again.",
            observed =
                    "The packets on A's underlay and B's tunnel device; tx_errors and tx_carrier_errors of A's tunnel device; what "
                            + "`ip route get` says of the way without a mark.",
            needs = Trait.ROUTE_MARK,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"vti", "vti6"})
    void wayOfEspIsLookedUpWithoutIt(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTE_MARK);
        judge.control(
                "there was a way without the mark",
                packets.window().answer(WAY_WITHOUT_MARK).exit() == 0);
        packets.once(judge, LOST, packets.underlay(Place.A));
        packets.once(judge, LOST, packets.tunnel(Place.B));
        judge.control(
                "there was no way without the mark",
                packets.window().answer(NO_WAY_WITHOUT_MARK).exit() != 0);
        judge.control(
                "the packet that was to be lost came to A's tunnel device",
                packets.of(LED, packets.tunnel(Place.A)).size() == 1);
        judge.equal(
                "times that the packet left A for which there was no way without the mark",
                0,
                packets.of(LED, packets.underlay(Place.A)).size());
        countedAsLost(judge, packets, 1L);
    }

    @Requirement(
            id = "LINUX-ROUTE-MARK-INHERITED",
            level = Level.LINUX,
            source =
                    "net/ipv6/ip6_tunnel.c ipxip6_tnl_xmit, net/ipv6/ip6_gre.c prepare_ip6gre_xmit_ipv4 and prepare_ip6gre_xmit_ipv6 "
                            + "(IP6_TNL_F_USE_ORIG_FWMARK); ip-rule(8), tc-skbedit(8)",
            sentence =
                    "The way of the outer packet is looked up with the mark of the inner one where \"fwmark inherit\" says so: rules that lead "
                            + "this mark nowhere lose what has it and nothing else, and rules that lead all else nowhere lose all else.",
            provoked =
                    "A's rules lead what has a mark nowhere, and A sends into the tunnel without and with it; then they lead everything nowhere "
                            + "but what has the mark, and A sends both again. A's traffic control marks what leaves by the tunnel device.",
            observed =
                    "The packets on A's underlay and B's tunnel device; tx_errors and tx_carrier_errors of A's tunnel device; what "
                            + "`ip route get` says of the way without a mark.",
            needs = Trait.INHERITED_MARK,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"ip6erspan", "ip6gre", "ip6gretap", "ip6tnl"})
    void wayIsLookedUpWithTheMarkOfTheInnerPacket(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, INHERITED_MARK);
        judge.control(
                "what left by A's tunnel device was marked",
                packets.window().answer(MARKING).exit() == 0);
        judge.control(
                "there was a way without the mark",
                packets.window().answer(WAY_WITHOUT_MARK).exit() == 0);
        judge.control(
                "there was no way without the mark",
                packets.window().answer(NO_WAY_WITHOUT_MARK).exit() != 0);
        for (String led : new String[] {UNMARKED_LED, MARKED_LED}) {
            packets.once(judge, led, packets.underlay(Place.A));
            packets.once(judge, led, packets.tunnel(Place.B));
        }
        for (String lost : new String[] {MARKED_LOST, UNMARKED_LOST}) {
            judge.control(
                    "the packet \"" + lost + "\" came to A's tunnel device",
                    packets.of(lost, packets.tunnel(Place.A)).size() == 1);
            judge.equal(
                    "times that the packet \"" + lost + "\" left A",
                    0,
                    packets.of(lost, packets.underlay(Place.A)).size());
        }
        countedAsLost(judge, packets, 2L);
    }

    /** Each packet that finds no way is counted once by both counters. */
    private static void countedAsLost(Judge judge, TunnelPackets packets, long lost) {
        for (String counter : new String[] {"tx_errors", "tx_carrier_errors"}) {
            judge.equal(
                    counter + " of A's tunnel device", lost, packets.window().tunnelDelta(Place.A, counter));
        }
    }
}
