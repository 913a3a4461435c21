package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.Inet4Address;
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

    private PathMtuStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(ROUTED, "H sends J packets that the path of the tunnel refuses", PathMtuStimuli::sendRouted)
                        .onlyFor(PathMtuStimuli::routesIpBetweenLans),
                Stimulus.of(
                                LOCKED,
                                "A is told that the path of the tunnel carries 68 bytes",
                                PathMtuStimuli::sendLocked)
                        .onlyFor(t -> t.mpls() == null && !t.kind().protectedByEsp()));
    }

    private static void sendRouted(Stage stage) {
        Topology topology = stage.topology();
        int device = topology.tunnelMtu(Place.A);
        int path = Objects.requireNonNull(topology.router()).towardsB().mtu();
        int fitting = path - topology.overhead();
        Inet4Address h =
                Objects.requireNonNull(topology.a().lan()).host().address().ipv4();
        Inet4Address j =
                Objects.requireNonNull(topology.b().lan()).host().address().ipv4();
        EchoRequests echo = new EchoRequests();
        stage.afterwards(Place.A, FLUSH);
        discoverAndInheritTtl(stage);

        send(stage, "unknown-path", Place.H, echo.ofLength(device, h, j).dontFragment());
        send(stage, "short-lived-1", Place.H, echo.next(h, j).ttl(2));
        stage.settle();
        send(stage, "known-path", Place.H, echo.ofLength(device, h, j).dontFragment());
        send(stage, "fitting", Place.H, echo.ofLength(fitting, h, j).dontFragment());
        send(stage, "one-too-long", Place.H, echo.ofLength(fitting + 1, h, j).dontFragment());
        send(stage, "no-df", Place.H, echo.ofLength(device, h, j));
        send(stage, "short-lived-2", Place.H, echo.next(h, j).ttl(2));
        stage.settle();
        stage.run("route-to-exit", Place.A, routeTo(topology.a().tunnel().remote()));
        stage.run("route-to-j", Place.A, routeTo(j));
        new SecondTunnel(stage).use(path, echo);

        stage.afterwards(Place.A, forwardUsePmtu("0"));
        stage.run("forward-use-pmtu", Place.A, forwardUsePmtu("1"));
        send(stage, "no-df-forward-use-pmtu", Place.H, echo.ofLength(device, h, j));
    }

    private static void sendLocked(Stage stage) {
        Topology topology = stage.topology();
        TunnelEnd entry = topology.a().tunnel();
        Inet4Address a = entry.address().ipv4();
        Inet4Address b = topology.b().tunnel().address().ipv4();
        stage.afterwards(Place.A, FLUSH);
        discoverAndInheritTtl(stage);

        Ipv4Packet packet = new EchoRequests().ofLength(LENGTH, a, b);
        Ipv4Packet encapsulated = Encapsulated.fromAToB(topology, packet);
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

    /** What the device does by default, also where a topology says otherwise. */
    private static void discoverAndInheritTtl(Stage stage) {
        Map<String, String> options = stage.topology().a().tunnel().options().asWords();
        if (!"inherit".equals(options.get("ttl")) || !"true".equals(options.get("pmtudisc"))) {
            stage.tunnelOptions("ttl", "inherit", "pmtudisc");
        }
    }

    private static void send(Stage stage, String label, Place from, Ipv4Packet packet) {
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
