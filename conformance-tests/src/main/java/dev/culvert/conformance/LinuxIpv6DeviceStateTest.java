package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DeviceStimuli.H_TO_J;
import static dev.culvert.harness.stimulus.DeviceStimuli.LINK;
import static dev.culvert.harness.stimulus.DeviceStimuli.ROUTES_DOWN;
import static dev.culvert.harness.stimulus.DeviceStimuli.ROUTES_UP;
import static dev.culvert.harness.stimulus.DeviceStimuli.TUNNEL_DOWN;
import static dev.culvert.harness.stimulus.DeviceStimuli.UNDERLAY_DOWN;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("net/ipv6/addrconf.c addrconf_notify, sit.c and ip6_tunnel.c, devices with IPv6 that go down")
class LinuxIpv6DeviceStateTest {

    private static final String LINK_LOCAL = "fe80::/64";

    private final Evidence evidence;
    private final String tunnel;

    LinuxIpv6DeviceStateTest(Evidence evidence) {
        this.evidence = evidence;
        this.tunnel = evidence.topology().a().tunnel().device();
    }

    @Requirement(
            id = "LINUX-ROUTE-STATE-V6",
            level = Level.LINUX,
            source = "net/ipv6/addrconf.c addrconf_ifdown, addrconf_init_auto_addrs; ip-sysctl: keep_addr_on_down",
            sentence =
                    "A tunnel device that goes down loses its IPv6 addresses and with them all routes; coming up it has its link-local "
                            + "address again and no other. It does not notice its underlay: with that down it stays up with its routes.",
            provoked = "A's tunnel device goes down and up; then its underlay device goes down.",
            observed = "Routes and links that `ip` lists meanwhile and in the end.",
            inside = Family.IPV6,
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "ip6gre", "ip6tnl", "sit", "vti6"},
            needs = Trait.OWN_ENDS)
    void addressesGoWithTheDevice(Judge judge) {
        List<String> configured = new Listing(evidence.configured(Place.A).routes()).destinations(tunnel);
        Window down = evidence.during(TUNNEL_DOWN);
        judge.holds(
                "routes by " + tunnel + " as configured",
                "that of its link-local address and others",
                configured.contains(LINK_LOCAL) && configured.size() > 1,
                configured.toString());
        judge.equal("routes by " + tunnel + " while it is down", List.of(), destinations(down, ROUTES_DOWN));
        judge.equal("routes by " + tunnel + " when it is up again", List.of(LINK_LOCAL), destinations(down, ROUTES_UP));
        Window underlay = evidence.during(UNDERLAY_DOWN);
        judge.equal(
                tunnel + " is up over an underlay that is down",
                true,
                Listing.of(underlay.answer(LINK)).flags(tunnel).contains("UP"));
        judge.equal(
                "routes by " + tunnel + " over an underlay that is down",
                configured,
                destinations(underlay, ROUTES_DOWN));
        judge.equal(
                "routes by " + tunnel + " in the end",
                configured,
                new Listing(evidence.afterwards(Place.A).routes()).destinations(tunnel));
    }

    private List<String> destinations(Window window, String answer) {
        return Listing.of(window.answer(answer)).destinations(tunnel);
    }

    @Requirement(
            id = "LINUX-IP6TNL-CTL",
            level = Level.LINUX,
            source =
                    "net/ipv6/ip6_tunnel.c ip6_tnl_xmit_ctl, ip6_tnl_xmit, ip6_tnl_start_xmit; net/ipv6/ip6_vti.c vti6_xmit, vti6_tnl_xmit",
            sentence =
                    "A packet of a tunnel whose local address the server has no more is dropped and counted as that, as a tx error, and as one for "
                            + "want of a carrier; its source is told that the host cannot be reached.",
            provoked =
                    "A's underlay device goes down, and its IPv6 address with it; H sends J a packet, and A sends B one.",
            observed = "tx_errors, tx_dropped and tx_carrier_errors of A's tunnel device; ICMP or ICMPv6 errors at H.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            needs = {Trait.LAN, Trait.IP_PAYLOAD, Trait.OWN_ENDS},
            kinds = {"ip6tnl", "vti6"})
    void sourceIsToldThatTheTunnelHasNoAddress(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, UNDERLAY_DOWN);
        for (String counter : List.of("tx_errors", "tx_dropped", "tx_carrier_errors")) {
            judge.equal(counter + " of " + tunnel, 2L, packets.window().tunnelDelta(Place.A, counter));
        }
        List<Seen> told = packets.errorsAbout(H_TO_J, packets.host(Place.H));
        judge.equal("errors to H about its packet", 1, told.size());
        for (Seen seen : told) {
            seen.dissect().icmpv6().ifPresent(icmp -> {
                judge.field(seen, icmp, Icmpv6Header.TYPE, Icmpv6Header.DESTINATION_UNREACHABLE);
                judge.field(seen, icmp, Icmpv6Header.CODE, 3);
            });
            seen.dissect().icmp().ifPresent(icmp -> {
                judge.field(seen, icmp, IcmpHeader.TYPE, IcmpHeader.DESTINATION_UNREACHABLE);
                judge.field(seen, icmp, IcmpHeader.CODE, 1);
            });
        }
    }

    @Requirement(
            id = "LINUX-SIT-UNROUTABLE",
            level = Level.LINUX,
            source = "net/ipv6/sit.c ipip6_tunnel_xmit (tx_error_icmp), net/ipv6/route.c ip6_link_failure",
            sentence =
                    "A packet whose tunnel has no route to its other end is a tx error for want of a carrier, and its source is told by "
                            + "ICMPv6 that the address is unreachable.",
            provoked = "A's underlay device goes down; H sends J a packet, and A sends B one.",
            observed = "tx_errors and tx_carrier_errors of A's tunnel device; ICMPv6 errors at H.",
            inside = Family.IPV6,
            needs = {Trait.LAN, Trait.IP_PAYLOAD},
            kinds = "sit")
    void sourceIsToldThatTheRemoteCannotBeReached(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, UNDERLAY_DOWN);
        judge.equal("tx_errors of " + tunnel, 2L, packets.window().tunnelDelta(Place.A, "tx_errors"));
        judge.equal("tx_carrier_errors of " + tunnel, 2L, packets.window().tunnelDelta(Place.A, "tx_carrier_errors"));
        List<Seen> told = packets.errorsAbout(H_TO_J, packets.host(Place.H));
        judge.equal("ICMPv6 errors to H about its packet", 1, told.size());
        for (Seen seen : told) {
            Icmpv6Header icmp = seen.dissect().icmpv6().orElseThrow();
            judge.field(seen, icmp, Icmpv6Header.TYPE, Icmpv6Header.DESTINATION_UNREACHABLE);
            judge.field(seen, icmp, Icmpv6Header.CODE, 3);
        }
    }
}
