package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Packets that are too long, once encapsulated, for the path between the tunnel's ends, or too short-lived. */
public final class PathMtuStimuli {

    /** H sends J long and short-lived packets over the router, before and after A could learn what the path carries. */
    public static final String ROUTED = "path-mtu";
    /** A is told a path MTU below the least that Linux believes. */
    public static final String LOCKED = "path-mtu-locked";

    /** The MTU that {@link #LOCKED} tells: the least that a link may have (RFC 791 section 3.2). */
    private static final int TOLD = 68;
    /** The length of the inner packets of {@link #LOCKED}. */
    private static final int LENGTH = 1000;

    private static final String FORWARD_USE_PMTU = "net.ipv4.ip_forward_use_pmtu";
    private static final List<String> FLUSH = List.of("ip", "route", "flush", "cache");
    private static final List<String> FLUSH_IPV6 = List.of("ip", "-6", "route", "flush", "cache");

    private PathMtuStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(ROUTED, "H sends J packets that the path of the tunnel refuses", PathMtuStimuli::sendRouted)
                        .onlyFor(PathMtuStimuli::routesIpBetweenLans),
                Stimulus.of(
                                LOCKED,
                                "A is told that the path of the tunnel carries 68 bytes",
                                PathMtuStimuli::sendLocked)
                        .onlyFor(t -> t.outerFamily() == Family.IPV4
                                && t.mpls() == null
                                && !t.kind().protectedByEsp()));
    }

    private static void sendRouted(Stage stage) {
        Topology topology = stage.topology();
        int device = topology.tunnelMtu(Place.A);
        int path = Objects.requireNonNull(topology.router()).towardsB().mtu();
        int fitting = path - topology.overhead();
        InetAddress h =
                Objects.requireNonNull(topology.a().lan()).host().address().address();
        InetAddress j =
                Objects.requireNonNull(topology.b().lan()).host().address().address();
        EchoRequests echo = new EchoRequests();
        stage.afterwards(Place.A, FLUSH);
        if (topology.usesIpv6()) {
            stage.afterwards(Place.A, FLUSH_IPV6);
        }
        discoverAndInheritTtl(stage);

        send(stage, "unknown-path", Place.H, whole(echo.ofLength(device, h, j)));
        send(stage, "short-lived-1", Place.H, echo.next(h, j).hopLimit(2));
        stage.settle();
        hostForgets(stage);
        send(stage, "known-path", Place.H, whole(echo.ofLength(device, h, j)));
        hostForgets(stage);
        send(stage, "fitting", Place.H, whole(echo.ofLength(fitting, h, j)));
        send(stage, "one-too-long", Place.H, whole(echo.ofLength(fitting + 1, h, j)));
        if (topology.innerFamily() == Family.IPV4) {
            send(stage, "no-df", Place.H, echo.ofLength(device, h, j));
        }
        hostForgets(stage);
        send(stage, "short-lived-2", Place.H, echo.next(h, j).hopLimit(2));
        stage.settle();
        stage.run("route-to-exit", Place.A, routeTo(topology.a().tunnel().remote()));
        stage.run("route-to-j", Place.A, routeTo(j));
        if (!topology.usesIpv6()) {
            besideOthers(stage, path, echo, echo.ofLength(device, h, j));
        }
    }

    /**
     * So that H sends long packets also after it was told what fits: over IPv6 it believes that of an echo request ({@code icmpv6_err} in
     * net/ipv6/icmp.c), over IPv4 not.
     */
    private static void hostForgets(Stage stage) {
        if (stage.topology().innerFamily() == Family.IPV6) {
            stage.settle();
            stage.run("host-forgets", Place.H, FLUSH_IPV6);
        }
    }

    /** What the path's MTU is to a second tunnel, and to forwarding that is told to heed it. */
    private static void besideOthers(Stage stage, int path, EchoRequests echo, IpPacket longest) {
        new SecondTunnel(stage).use(path, echo);

        stage.afterwards(Place.A, forwardUsePmtu("0"));
        stage.run("forward-use-pmtu", Place.A, forwardUsePmtu("1"));
        send(stage, "no-df-forward-use-pmtu", Place.H, longest);
    }

    private static void sendLocked(Stage stage) {
        Topology topology = stage.topology();
        TunnelEnd entry = topology.a().tunnel();
        InetAddress a = entry.address().address();
        InetAddress b = topology.b().tunnel().address().address();
        stage.afterwards(Place.A, FLUSH);
        discoverAndInheritTtl(stage);

        IpPacket packet = new EchoRequests().ofLength(LENGTH, a, b);
        Ipv4Packet encapsulated = Encapsulated.fromAToBOverIpv4(topology, packet);
        send(
                stage,
                "told",
                Place.B,
                Ipv4Packet.between(Ipv4.of(entry.remote()), Ipv4.of(entry.local()))
                        .payload(IcmpMessage.fragmentationNeeded(
                                TOLD, encapsulated.bytes().slice(0, 48))));
        stage.settle();
        stage.run("route-to-exit", Place.A, routeTo(entry.remote()));
        send(stage, "after", Place.A, packet);
    }

    /** What the device does over IPv4 by default, also where a topology says otherwise. */
    private static void discoverAndInheritTtl(Stage stage) {
        Map<String, String> options = stage.topology().a().tunnel().options().asWords();
        if (stage.topology().outerFamily() == Family.IPV6) {
            return;
        }
        if (!"inherit".equals(options.get("ttl")) || !"true".equals(options.get("pmtudisc"))) {
            stage.tunnelOptions(OuterHeaderWords.alwaysDf(stage, "ttl", "inherit"));
        }
    }

    /** The packet as one that no router may cut: IPv4 with DF set, IPv6 as it is (RFC 8200 section 5). */
    private static IpPacket whole(IpPacket packet) {
        return packet instanceof Ipv4Packet ipv4 ? ipv4.dontFragment() : packet;
    }

    private static void send(Stage stage, String label, Place from, IpPacket packet) {
        stage.send(label, from, packet.bytes().toArray());
    }

    /** Not as JSON, in which iproute2 leaves the word "lock" out. */
    private static List<String> routeTo(InetAddress destination) {
        return List.of("ip", "route", "get", IpAddress.text(destination));
    }

    private static List<String> forwardUsePmtu(String value) {
        return List.of("sysctl", "-q", "-w", FORWARD_USE_PMTU + "=" + value);
    }

    private static boolean routesIpBetweenLans(Topology topology) {
        return topology.router() != null
                && topology.a().lan() != null
                && topology.b().lan() != null
                && topology.mpls() == null
                && !topology.kind().protectedByEsp()
                && !topology.bridged();
    }
}
