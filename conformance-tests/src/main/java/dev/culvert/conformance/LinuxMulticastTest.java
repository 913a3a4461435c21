package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.MulticastStimuli.ALL_HOSTS;
import static dev.culvert.harness.stimulus.MulticastStimuli.IPV6;
import static dev.culvert.harness.stimulus.MulticastStimuli.MULTICAST;
import static dev.culvert.harness.stimulus.MulticastStimuli.SUBNET_BROADCAST;
import static dev.culvert.harness.stimulus.MulticastStimuli.TO_GROUP;
import static dev.culvert.harness.stimulus.MulticastStimuli.hasBroadcast;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

@ConformanceTest("net/ipv4/ipip.c and ip_tunnel.c, what is not unicast")
class LinuxMulticastTest {

    private final Evidence evidence;
    private final Topology topology;

    LinuxMulticastTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "LINUX-MCAST-FLAGS",
            level = Level.LINUX,
            source =
                    "net/ipv4/ipip.c ipip_tunnel_setup, net/ipv4/ip_tunnel.c ip_tunnel_bind_dev, net/ethernet/eth.c ether_setup; net/ipv4/ip_gre.c "
                            + "ipgre_tunnel_init",
            sentence =
                    "A device with a remote says of itself POINTOPOINT and NOARP, the fallback device, or one without a remote, NOARP only; none says "
                            + "BROADCAST or MULTICAST. One that carries frames says those two, and neither of the others. One whose remote is a group "
                            + "says POINTOPOINT and BROADCAST.",
            provoked = "The tunnel devices as configured.",
            observed = "Flags that `ip link` lists on both servers.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            labelledAlone = true,
            kinds = Requirement.EVERY_KIND)
    void flagsSayWhatTheDeviceIs(Judge judge) {
        for (Endpoint end : List.of(topology.a(), topology.b())) {
            String device = end.tunnel().device();
            List<String> flags = new Listing(evidence.configured(end.place()).links()).flags(device);
            boolean frames = topology.carriesFrames();
            boolean pointToPoint = !frames
                    && !topology.isFallback(end.tunnel())
                    && end.tunnel().hasRemote(topology.kind());
            // Of a device of bare packets geneve_configure in drivers/net/geneve.c says so in 6.12, and not yet in 6.1.
            if (frames || topology.kind().hasLocal()) {
                flag(judge, end, flags, "POINTOPOINT", pointToPoint);
            }
            flag(judge, end, flags, "NOARP", !frames && !topology.toGroup());
            flag(judge, end, flags, "BROADCAST", frames || topology.toGroup());
            flag(judge, end, flags, "MULTICAST", frames);
        }
    }

    @Requirement(
            id = "LINUX-MCAST-P2P-TX",
            level = Level.LINUX,
            source =
                    "net/ipv4/ipip.c ipip_tunnel_xmit, net/ipv4/ip_tunnel.c ip_tunnel_xmit, net/ipv6/sit.c ipip6_tunnel_xmit, net/ipv6/ip6_tunnel.c "
                            + "ip6_tnl_xmit",
            sentence =
                    "The missing MULTICAST flag stops nothing: multicast, and the broadcast of an internal IPv4 subnet, are encapsulated to "
                            + "the one remote like any packet.",
            provoked =
                    "A sends to 224.0.0.1 or ff02::1 and to a group, routed to its tunnel device, and to the internal broadcast address.",
            observed = "Outer destination on A's underlay; B's tunnel device, where they come out.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            kinds = {"gre", "ip6gre", "ip6tnl", "ipip", "sit", "vti", "vti6"},
            needs = Trait.OWN_ENDS)
    void multicastIsSentToTheRemote(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, MULTICAST);
        InetAddress remote = topology.a().tunnel().remote();
        List<String> labels = new ArrayList<>(List.of(ALL_HOSTS, TO_GROUP));
        if (hasBroadcast(topology)) {
            labels.add(SUBNET_BROADCAST);
        }
        for (String label : labels) {
            packets.once(judge, label, packets.underlay(Place.A))
                    .ifPresent(seen -> judge.equal(
                            "outer destination",
                            remote,
                            TunnelPackets.outerIp(seen).destination()));
            packets.once(judge, label, packets.tunnel(Place.B));
        }
    }

    @Requirement(
            id = "LINUX-MCAST-V6",
            level = Level.LINUX,
            source = "net/ipv4/ipip.c ipip_tunnel_xmit",
            sentence =
                    "An ipip device carries no IPv6: a packet to ff02::1 is a tx error, though ping may show its own looped-back answer.",
            provoked = "A enables IPv6 on its tunnel device and pings ff02::1 on it once.",
            observed = "The packet on A's tunnel device, the device's tx_errors and tx_packets, and A's underlay.",
            needs = Trait.OWN_ENDS)
    void ipv6IsNotCarried(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, IPV6);
        judge.control(
                "the echo request came to A's tunnel device",
                packets.window().atTunnel(Place.A).stream()
                        .anyMatch(seen -> seen.dissect().first(Ipv6Header.class).isPresent()));
        judge.equal("tx_errors of A's tunnel device", 1L, packets.window().tunnelDelta(Place.A, "tx_errors"));
        judge.equal("tx_packets of A's tunnel device", 0L, packets.window().tunnelDelta(Place.A, "tx_packets"));
        judge.equal("packets that left A for B", 0, packets.leaving(Place.A).size());
    }

    private static void flag(Judge judge, Endpoint end, List<String> flags, String flag, boolean expected) {
        String what =
                flag + " of " + end.tunnel().device() + " on " + end.place().id();
        judge.equal(what, expected ? "set" : "not set", flags.contains(flag) ? "set" : "not set");
    }
}
