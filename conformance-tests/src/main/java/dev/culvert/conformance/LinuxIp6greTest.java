package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DeviceStimuli.H_TO_J;
import static dev.culvert.harness.stimulus.DeviceStimuli.UNDERLAY_DOWN;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.ERRORS;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.LATER;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Map;
import java.util.Objects;

@ConformanceTest("net/ipv6/ip6_gre.c, what a GRE device over IPv6 says to the sources of packets")
final class LinuxIp6greTest {

    private final Evidence evidence;
    private final String tunnel;

    LinuxIp6greTest(Evidence evidence) {
        this.evidence = evidence;
        this.tunnel = evidence.topology().a().tunnel().device();
    }

    @Requirement(
            id = "LINUX-IP6GRE-CTL",
            level = Level.LINUX,
            source = "net/ipv6/ip6_gre.c ip6gre_tunnel_xmit, net/ipv6/ip6_tunnel.c ip6_tnl_xmit_ctl",
            sentence =
                    "A packet of a tunnel whose local address the server has no more is dropped and counted as that and as a tx error, but not for "
                            + "want of a carrier, and its source is told nothing.",
            provoked =
                    "A's underlay device goes down, and its IPv6 address with it; H sends J a packet, and A sends B one.",
            observed = "tx_errors, tx_dropped and tx_carrier_errors of A's tunnel device; ICMP or ICMPv6 errors at H.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            needs = {Trait.LAN, Trait.IP_PAYLOAD, Trait.ROUTED, Trait.OWN_ENDS},
            kinds = {"ip6erspan", "ip6gre", "ip6gretap"})
    void nobodyIsToldThatTheTunnelHasNoAddress(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, UNDERLAY_DOWN);
        judge.control(
                "H's packet came to A's tunnel device",
                !packets.of(H_TO_J, packets.tunnel(Place.A)).isEmpty());
        for (String counter : List.of("tx_errors", "tx_dropped")) {
            judge.equal(counter + " of " + tunnel, 2L, packets.window().tunnelDelta(Place.A, counter));
        }
        judge.equal("tx_carrier_errors of " + tunnel, 0L, packets.window().tunnelDelta(Place.A, "tx_carrier_errors"));
        judge.equal(
                "errors to H about its packet",
                0,
                packets.errorsAbout(H_TO_J, packets.host(Place.H)).size());
    }

    @Requirement(
            id = "LINUX-IP6GRE-LATER",
            level = Level.LINUX,
            source =
                    "net/ipv6/ip6_gre.c ip6gre_err, net/ipv6/ip6_tunnel.c ip6_tnl_xmit (err_count, IP6TUNNEL_ERR_TIMEO)",
            sentence =
                    "For each error from within the tunnel that says what cannot be reached, but for a port, and each of a hop limit that was used "
                            + "up, the source of one packet of the next 5 seconds is told that its destination is unreachable; that packet "
                            + "crosses the tunnel all the same. A tunnel that does not receive by the key that it sends by knows none of these errors.",
            provoked = "Every ICMPv6 error comes to A from B, two of those among them; then H sends J three packets.",
            observed = "ICMP or ICMPv6 errors at H about the three packets; the packets at J.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            needs = {Trait.LAN, Trait.IP_PAYLOAD},
            kinds = "ip6gre")
    void laterPacketsAreAnswered(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ERRORS);
        for (String label : LATER) {
            packets.once(judge, label, packets.host(Place.J));
            List<Seen> told = packets.errorsAbout(label, packets.host(Place.H));
            boolean remembered = sameKey() && !label.equals(LATER.get(2));
            judge.equal("errors to H about \"" + label + "\"", remembered ? 1 : 0, told.size());
            told.forEach(seen -> unreachable(judge, seen));
        }
    }

    /** {@code ip6gre_err} looks for the key that was sent among those that are received by. */
    private boolean sameKey() {
        Map<String, String> given = evidence.topology().a().tunnel().options().given();
        return Objects.equals(given.get("ikey"), given.get("okey"));
    }

    /** The address of ICMPv6, the host of ICMP. */
    private static void unreachable(Judge judge, Seen seen) {
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
