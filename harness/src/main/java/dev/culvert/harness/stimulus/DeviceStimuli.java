package dev.culvert.harness.stimulus;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.server.Lists;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.plan.TunnelRoutes;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A's devices go down and up. They come last: the kernel forgets routes with a device, and they are put back as it listed them. */
public final class DeviceStimuli {

    /** The tunnel device goes down while there is a second, worse route to the far LAN; then it comes up. */
    public static final String TUNNEL_DOWN = "tunnel-down";
    /** The underlay device is down while A sends into the tunnel. */
    public static final String UNDERLAY_DOWN = "underlay-down";

    /** Names under which A's routes, or its tunnel device, in that state are kept. */
    public static final String ROUTES_DOWN = "routes-down";

    public static final String ROUTES_UP = "routes-up";
    public static final String LINK = "link";

    /** Label of the packet to the host behind B while the tunnel device is down. */
    public static final String TO_J = "a-to-j";
    /** Label of the packet to B while the underlay device is down. */
    public static final String TO_B = "a-to-b";

    /** Label of the packet between the hosts, where there is IPv6, while the underlay device is down. */
    public static final String H_TO_J = "h-to-j";

    private static final String WORSE = "4000";

    private DeviceStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(TUNNEL_DOWN, "A's tunnel device goes down and comes up", DeviceStimuli::tunnelDown)
                        .onlyFor(topology -> !topology.bridged()),
                Stimulus.of(
                                UNDERLAY_DOWN,
                                "A sends into the tunnel while its underlay device is down",
                                DeviceStimuli::underlayDown)
                        .onlyFor(topology -> !topology.bridged()));
    }

    private static void tunnelDown(Stage stage) {
        Topology topology = stage.topology();
        String device = topology.a().tunnel().device();
        InetAddress a = topology.a().tunnel().address().address();
        putBackNeighbours(stage, device);
        if (topology.external()) {
            putBackOuterHeaders(stage);
        } else {
            putBackRoutes(stage, device);
        }
        putBackAddress(stage, topology.a().tunnel().address(), device);
        // Over the underlay only what is of its family can take another way.
        Lan lan =
                topology.innerFamily() == topology.outerFamily() ? topology.b().lan() : null;
        if (lan != null) {
            List<String> worse = List.of(lan.subnet().toString(), "via", nextHop(topology), "metric", WORSE);
            stage.run("worse-route", Place.A, concat(List.of("ip", "route", "add"), worse));
            stage.afterwards(Place.A, concat(List.of("ip", "route", "del"), worse));
        }
        stage.run("down", Place.A, List.of("ip", "link", "set", device, "down"));
        if (lan != null) {
            send(stage, TO_J, new EchoReplies().next(a, lan.host().address().address()));
        }
        stage.run(ROUTES_DOWN, Place.A, Lists.ROUTES);
        stage.run("up", Place.A, List.of("ip", "link", "set", device, "up"));
        stage.run(ROUTES_UP, Place.A, Lists.ROUTES);
    }

    private static void underlayDown(Stage stage) {
        Topology topology = stage.topology();
        String device = topology.a().underlay().device();
        putBackNeighbours(stage, device);
        putBackRoutes(stage, device);
        putBackAddress(stage, topology.a().underlay().address(), device);
        stage.afterwards(Place.A, List.of("ip", "link", "set", device, "up"));
        stage.run("down", Place.A, List.of("ip", "link", "set", device, "down"));
        Lan near = topology.a().lan();
        Lan far = topology.b().lan();
        if (near != null && far != null && topology.usesIpv6()) {
            IpPacket packet = new EchoRequests()
                    .next(near.host().address().address(), far.host().address().address());
            stage.send(H_TO_J, Place.H, packet.bytes().toArray());
        }
        send(
                stage,
                TO_B,
                new EchoReplies()
                        .next(
                                topology.a().tunnel().address().address(),
                                topology.b().tunnel().address().address()));
        stage.settle();
        stage.run(LINK, Place.A, Lists.link(topology.a().tunnel().device()));
        stage.run(ROUTES_DOWN, Place.A, Lists.ROUTES);
    }

    /** An IPv6 address goes with its device ({@code addrconf_ifdown} in net/ipv6/addrconf.c), an IPv4 address stays. */
    private static void putBackAddress(Stage stage, InterfaceAddress address, String device) {
        if (address.family() == Family.IPV6) {
            stage.afterwards(Place.A, List.of("ip", "addr", "replace", address.toString(), "dev", device));
        }
    }

    /** Notes what the kernel lists for a device, but does not make by itself when the device comes up, to be put back. */
    private static void putBackRoutes(Stage stage, String device) {
        CommandRecord listed =
                stage.ask("routes", Place.A, List.of("ip", "route", "show", "table", "all", "dev", device));
        words(listed)
                .filter(route -> !route.contains("kernel"))
                .forEach(route -> stage.afterwards(
                        Place.A, concat(List.of("ip", "route", "replace"), concat(route, List.of("dev", device)))));
    }

    /** As {@link #putBackRoutes}, by the topology: {@code ip route} lists a tos in decimal digits and reads hexadecimal ones. */
    private static void putBackOuterHeaders(Stage stage) {
        Endpoint a = stage.topology().a();
        TunnelRoutes.into(stage.topology(), a, a.tunnel())
                .forEach(route -> stage.afterwards(Place.A, route.replacing()));
    }

    private static void putBackNeighbours(Stage stage, String device) {
        CommandRecord listed =
                stage.ask("neighbours", Place.A, List.of("ip", "neigh", "show", "dev", device, "nud", "permanent"));
        // ADDRESS lladdr MAC PERMANENT
        words(listed)
                .forEach(neighbour -> stage.afterwards(
                        Place.A,
                        concat(
                                concat(List.of("ip", "neigh", "replace"), neighbour.subList(0, 3)),
                                List.of("dev", device, "nud", "permanent"))));
    }

    private static Stream<List<String>> words(CommandRecord listed) {
        return listed.stdout().lines().map(line -> Arrays.asList(line.trim().split("\\s+", -1)));
    }

    private static String nextHop(Topology topology) {
        return topology.router() == null
                ? topology.b().underlay().address().host()
                : topology.router().towardsA().address().host();
    }

    private static void send(Stage stage, String label, IpPacket packet) {
        stage.send(label, Place.A, packet.bytes().toArray());
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
