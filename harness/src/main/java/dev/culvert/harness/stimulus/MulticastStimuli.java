package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;

/** What is not unicast, given to A's tunnel device. */
public final class MulticastStimuli {

    /** Multicast and the broadcast of the internal subnet. */
    public static final String MULTICAST = "multicast";
    /** IPv6 multicast. */
    public static final String IPV6 = "multicast-ipv6";
    /** A joins and leaves a group on the tunnel device as it is configured. */
    public static final String MEMBERSHIP = "membership";
    /** The same with an outer TTL that crosses the router. */
    public static final String MEMBERSHIP_TTL = "membership-ttl-64";

    /** Label of the packet to all hosts, 224.0.0.1 or ff02::1. */
    public static final String ALL_HOSTS = "all-hosts";
    /** Label of the packet to {@link #GROUP}, or {@link #GROUP_IPV6}. */
    public static final String TO_GROUP = "group";
    /** Label of the packet to the broadcast address of the internal subnet; not sent where the subnet has none. */
    public static final String SUBNET_BROADCAST = "subnet-broadcast";
    /** Name under which the ping to ff02::1 is kept. */
    public static final String PING = "ping";

    /** An administratively scoped group (RFC 2365 section 6.2). */
    public static final Inet4Address GROUP = Ipv4.parse("239.255.1.2").orElseThrow();

    /** A transient group of site-local scope (RFC 4291 section 2.7). */
    public static final Inet6Address GROUP_IPV6 = Ipv6.parse("ff15::102").orElseThrow();

    private static final Inet6Address ALL_NODES = Ipv6.parse("ff02::1").orElseThrow();

    private MulticastStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(
                                MULTICAST,
                                "A sends multicast and broadcast by its tunnel device",
                                MulticastStimuli::multicast)
                        .onlyFor(topology -> !topology.bridged()),
                Stimulus.of(IPV6, "A sends IPv6 multicast by its tunnel device", MulticastStimuli::ipv6)
                        // Duplicate address detection and listener reports would go on for seconds.
                        .onlyFor(topology -> !topology.carriesFrames() && !topology.toGroup() && takesPing(topology)),
                Stimulus.of(MEMBERSHIP, "A joins and leaves a group on its tunnel device", MulticastStimuli::membership)
                        .onlyFor(topology -> !topology.bridged() && !topology.usesIpv6()),
                Stimulus.of(MEMBERSHIP_TTL, "A joins and leaves a group with an outer ttl of 64", stage -> {
                            stage.tunnelOptions(OuterHeaderWords.alwaysDf(stage, "ttl", "64"));
                            membership(stage);
                        })
                        .onlyFor(topology -> topology.router() != null
                                && !topology.usesIpv6()
                                && !topology.bridged()
                                && !topology.kind().protectedByEsp()));
    }

    /** Whether the internal subnet of A has a broadcast address: not so with prefixes of 31 and 32 bits (RFC 3021). */
    public static boolean hasBroadcast(Topology topology) {
        return topology.a().tunnel().address().prefixLength() < 31;
    }

    /** Whether IPv6 is on on the tunnel device, or is not carried when it is switched on. */
    private static boolean takesPing(Topology topology) {
        return topology.innerFamily() == Family.IPV6 || topology.outerFamily() == Family.IPV4;
    }

    private static void multicast(Stage stage) {
        if (stage.topology().innerFamily() == Family.IPV6) {
            multicastOverIpv6(stage);
        } else {
            multicastAndBroadcast(stage);
        }
    }

    private static void multicastOverIpv6(Stage stage) {
        Topology topology = stage.topology();
        Inet6Address a = Ipv6.of(topology.a().tunnel().address().address());
        EchoReplies echo = new EchoReplies();
        for (Inet6Address group : List.of(ALL_NODES, GROUP_IPV6)) {
            // More exact than the routes that every device brings (addrconf_add_mroute in net/ipv6/addrconf.c).
            List<String> route = List.of(
                    "multicast",
                    IpAddress.text(group),
                    "dev",
                    topology.a().tunnel().device(),
                    "table",
                    "local");
            stage.run("route-to-" + IpAddress.text(group), Place.A, concat(List.of("ip", "-6", "route", "add"), route));
            stage.afterwards(Place.A, concat(List.of("ip", "-6", "route", "del"), route));
        }
        stage.send(ALL_HOSTS, Place.A, echo.next(a, ALL_NODES).bytes().toArray());
        stage.send(TO_GROUP, Place.A, echo.next(a, GROUP_IPV6).bytes().toArray());
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static void multicastAndBroadcast(Stage stage) {
        Topology topology = stage.topology();
        InterfaceAddress internal = topology.a().tunnel().address();
        String device = topology.a().tunnel().device();
        stage.run("route", Place.A, List.of("ip", "route", "add", "224.0.0.0/4", "dev", device));
        stage.afterwards(Place.A, List.of("ip", "route", "del", "224.0.0.0/4", "dev", device));
        EchoReplies echo = new EchoReplies();
        Inet4Address allHosts = Ipv4.parse("224.0.0.1").orElseThrow();
        send(stage, ALL_HOSTS, echo.next(internal.ipv4(), allHosts));
        send(stage, TO_GROUP, echo.next(internal.ipv4(), GROUP));
        if (hasBroadcast(topology)) {
            send(
                    stage,
                    SUBNET_BROADCAST,
                    echo.next(internal.ipv4(), Ipv4.of(internal.subnet().last())));
        }
    }

    private static void send(Stage stage, String label, Ipv4Packet packet) {
        stage.send(label, Place.A, packet.bytes().toArray());
    }

    private static void ipv6(Stage stage) {
        String device = stage.topology().a().tunnel().device();
        if (stage.topology().innerFamily() == Family.IPV4) {
            String setting = "net.ipv6.conf." + device + ".disable_ipv6=";
            stage.run("enabled", Place.A, List.of("sysctl", "-q", "-w", setting + "0"));
            stage.afterwards(Place.A, List.of("sysctl", "-q", "-w", setting + "1"));
        }
        // Whether an answer comes is seen in the captures: nobody has to wait for it.
        stage.run(PING, Place.A, List.of("ping", "-6", "-n", "-c", "1", "-W", "0.01", "ff02::1%" + device));
    }

    private static void membership(Stage stage) {
        String device = stage.topology().a().tunnel().device();
        String group = GROUP.getHostAddress() + "/32";
        // Both reports of a change at once instead of within 1 s (RFC 3376 section 8.11).
        String interval = "net.ipv4.conf." + device + ".igmpv3_unsolicited_report_interval=";
        stage.run("interval", Place.A, List.of("sysctl", "-q", "-w", interval + "1"));
        stage.afterwards(Place.A, List.of("sysctl", "-q", "-w", interval + "1000"));
        stage.run("joined", Place.A, List.of("ip", "addr", "add", group, "dev", device, "autojoin"));
        stage.settleTimers();
        stage.run("left", Place.A, List.of("ip", "addr", "del", group, "dev", device));
        stage.settleTimers();
    }
}
