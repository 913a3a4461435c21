package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.LocalRemoteStimuli.ALLOWED;
import static dev.culvert.harness.stimulus.LocalRemoteStimuli.FORBIDDEN;
import static dev.culvert.harness.stimulus.LocalRemoteStimuli.LOCAL_REMOTE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;

@ConformanceTest("include/uapi/linux/ip6_tunnel.h IP6_TNL_F_ALLOW_LOCAL_REMOTE, a remote that is the server's own")
class LinuxLocalRemoteTest {

    private final Evidence evidence;

    LinuxLocalRemoteTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-IP6-LOCAL-REMOTE",
            level = Level.LINUX,
            source =
                    "net/ipv6/ip6_tunnel.c ip6_tnl_xmit_ctl; net/ipv6/ip6_gre.c ip6gre_tunnel_xmit, ip6erspan_tunnel_xmit",
            sentence =
                    "A packet for a remote whose address the server has itself is dropped and counted as that and as a tx error; with "
                            + "\"allow-localremote\" it is sent to where the route leads.",
            provoked =
                    "A is given B's outer address, without the route to itself that comes with it, and sends into the tunnel; then the "
                            + "same with \"noallow-localremote\".",
            observed =
                    "The packets on A's underlay and B's tunnel device; tx_errors and tx_dropped of A's tunnel device.",
            needs = Trait.LOCAL_REMOTE,
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            kinds = {"ip6erspan", "ip6gre", "ip6gretap", "ip6tnl"})
    void sendsToItsOwnAddressWhereItIsAllowed(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, LOCAL_REMOTE);
        packets.once(judge, ALLOWED, packets.underlay(Place.A));
        packets.once(judge, ALLOWED, packets.tunnel(Place.B));
        judge.control(
                "the other packet came to A's tunnel device",
                packets.of(FORBIDDEN, packets.tunnel(Place.A)).size() == 1);
        judge.equal(
                "times that the packet without \"allow-localremote\" left A",
                0,
                packets.of(FORBIDDEN, packets.underlay(Place.A)).size());
        for (String counter : new String[] {"tx_errors", "tx_dropped"}) {
            judge.equal(counter + " of A's tunnel device", 1L, packets.window().tunnelDelta(Place.A, counter));
        }
    }
}
