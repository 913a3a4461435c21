package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.ForwardingStimuli.FORWARDED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("net/ipv6/ip6_tunnel.c and ip6_vti.c, packets that would come back to the tunnel")
class LinuxIpv6LoopTest {

    private final Evidence evidence;

    LinuxIpv6LoopTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-IP6TNL-CONFLICT",
            level = Level.LINUX,
            source =
                    "net/ipv6/ip6_tunnel.c ip6_tnl_addr_conflict, ip6_tnl_start_xmit; net/ipv6/ip6_gre.c ip6gre_xmit_ipv6; net/ipv6/ip6_vti.c vti6_addr_conflict, vti6_tnl_xmit",
            sentence =
                    "A packet whose source is the tunnel's other end is not encapsulated, but counted as a tx error and as dropped; nobody is told.",
            provoked = "H sends J an ICMPv6 message with B's underlay address as its source, and one with its own.",
            observed = "A's underlay; tx_errors and tx_dropped of A's tunnel device.",
            needs = {Trait.LAN, Trait.IP_PAYLOAD, Trait.OWN_ENDS},
            inside = Family.IPV6,
            outside = Family.IPV6,
            kinds = {"ip6gre", "ip6tnl", "vti6"})
    void exitAsSourceIsNotEncapsulated(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, FORWARDED);
        judge.control(
                "H's own message left on A's underlay",
                packets.of("ttl-64", packets.underlay(Place.A)).size() == 1);
        judge.equal(
                "times that the exit as source was encapsulated",
                0,
                packets.of("source-is-exit", packets.underlay(Place.A)).size());
        for (String counter : List.of("tx_errors", "tx_dropped")) {
            judge.equal(counter + " of A's tunnel device", 1L, packets.window().tunnelDelta(Place.A, counter));
        }
        judge.equal(
                "errors to H about it",
                0,
                packets.errorsAbout("source-is-exit", packets.host(Place.H)).size());
    }
}
