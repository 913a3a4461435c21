package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.server.Lists;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Topology;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** Packets that leave it to the routes where they go and whose address they carry. */
public final class RouteStimuli {

    /** Every route of the topology is used. */
    public static final String ROUTED = "routed";
    /** The way to the other end of the tunnel leads into the tunnel. */
    public static final String INTO_ITSELF = "routed-into-itself";

    /** Label of the packet of A's that leaves its source to the kernel, to B's internal address; over IPv6 name of the ping. */
    public static final String TO_B = "a-to-b";
    /** Label of the packet of A's that leaves its source to the kernel, to the host behind B; over IPv6 name of the ping. */
    public static final String TO_J = "a-to-j";
    /** Labels of the packets between the hosts. */
    public static final String H_TO_J = "h-to-j";

    public static final String J_TO_H = "j-to-h";

    /** Names under which A's word on the route to B's internal address, and to the host behind B, is kept. */
    public static final String ROUTE_TO_B = "route-to-b";

    public static final String ROUTE_TO_J = "route-to-j";

    // Filled in by the kernel: "Source Address: filled in when zero" (raw(7), IP_HDRINCL).
    private static final Inet4Address UNSET = Ipv4.address(0);

    private RouteStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(ROUTED, "A and the LAN hosts send along every route of the topology", RouteStimuli::routed)
                        .onlyFor(topology -> !topology.bridged()),
                Stimulus.of(
                                INTO_ITSELF,
                                "A sends into the tunnel while B is routed through it",
                                RouteStimuli::intoItself)
                        .onlyFor(topology -> !topology.bridged() && topology.routableIntoItself()));
    }

    private static void routed(Stage stage) {
        Topology topology = stage.topology();
        EchoReplies echo = new EchoReplies();
        InetAddress b = topology.b().tunnel().address().address();
        own(stage, TO_B, b, echo);
        ask(stage, ROUTE_TO_B, b);
        Lan lan = topology.b().lan();
        if (lan != null) {
            InetAddress j = lan.host().address().address();
            own(stage, TO_J, j, echo);
            ask(stage, ROUTE_TO_J, j);
            Lan near = topology.a().lan();
            if (near != null) {
                InetAddress h = near.host().address().address();
                send(stage, H_TO_J, Place.H, echo.next(h, j));
                send(stage, J_TO_H, Place.J, echo.next(j, h));
            }
        }
    }

    private static void intoItself(Stage stage) {
        Topology topology = stage.topology();
        String device = topology.a().tunnel().device();
        String remote = Subnet.of(topology.a().tunnel().remote()).toString();
        stage.run("route", Place.A, List.of("ip", "route", "add", remote, "dev", device));
        stage.afterwards(Place.A, List.of("ip", "route", "del", remote, "dev", device));
        InetAddress a = topology.a().tunnel().address().address();
        InetAddress b = topology.b().tunnel().address().address();
        send(stage, TO_B, Place.A, new EchoReplies().next(a, b));
    }

    /** A packet of A's that leaves its source to the kernel: over IPv6, where a raw socket fills none in, the echo request of ping. */
    private static void own(Stage stage, String label, InetAddress destination, EchoReplies echo) {
        if (destination instanceof Inet4Address ipv4) {
            stage.send(label, Place.A, echo.next(UNSET, ipv4).bytes().toArray());
        } else {
            stage.run(label, Place.A, List.of("ping", "-6", "-n", "-c", "1", "-W", "1", IpAddress.text(destination)));
        }
    }

    private static void ask(Stage stage, String answer, InetAddress destination) {
        stage.run(answer, Place.A, Lists.routeTo(destination));
    }

    private static void send(Stage stage, String label, Place from, IpPacket packet) {
        stage.send(label, from, packet.bytes().toArray());
    }
}
