package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/** What B takes from who is on the list of potential routers that the topology gives it, and from who is not (RFC 5214 section 7.3). */
public final class PotentialRouterStimuli {

    /** A, which is on B's list, and a stranger send B packets whose inner source is no ISATAP address. */
    public static final String LISTED = "isatap-listed";

    /** H and B send each other packets, by A as the router. */
    public static final String BEHIND_ROUTER = "isatap-behind-router";

    /** Labels of what A and the stranger have composed. */
    public static final String FROM_ROUTER = "from-router";

    public static final String FROM_STRANGER = "from-stranger";

    /** Labels of the packets between H and B. */
    public static final String FROM_H = "from-h";

    public static final String TO_H = "to-h";

    /** Name under which it is kept what B's kernel says of its list. */
    public static final String LIST = "list";

    private PotentialRouterStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(
                                LISTED,
                                "A and a stranger send B packets whose inner source is no ISATAP address",
                                PotentialRouterStimuli::sources)
                        .onlyFor(PotentialRouterStimuli::hasRouter),
                Stimulus.of(BEHIND_ROUTER, "H and B send each other packets", PotentialRouterStimuli::behind)
                        .onlyFor(topology -> hasRouter(topology) && topology.a().lan() != null));
    }

    /** Whether A is one of B's potential routers. */
    private static boolean hasRouter(Topology topology) {
        return topology.b()
                .tunnel()
                .potentialRouters()
                .contains(topology.a().tunnel().local());
    }

    private static void sources(Stage stage) {
        Topology topology = stage.topology();
        stage.run(
                LIST,
                Place.B,
                List.of("ip", "tunnel", "show", topology.b().tunnel().device()));
        InetAddress b = topology.b().tunnel().address().address();
        EchoReplies echo = new EchoReplies();
        stage.send(
                FROM_ROUTER,
                Place.A,
                Encapsulated.fromAToB(topology, echo.next(IsatapStimuli.noIsatap(topology), b))
                        .bytes()
                        .toArray());
        stage.send(
                FROM_STRANGER,
                Place.A,
                Ipv4Packet.between(
                                Stranger.ADDRESS, Ipv4.of(topology.b().tunnel().local()))
                        .payload(Encapsulated.by(topology, echo.next(IsatapStimuli.noIsatap(topology), b)))
                        .bytes()
                        .toArray());
    }

    private static void behind(Stage stage) {
        Topology topology = stage.topology();
        Lan lan = Objects.requireNonNull(topology.a().lan());
        InetAddress h = lan.host().address().address();
        InetAddress b = topology.b().tunnel().address().address();
        EchoReplies echo = new EchoReplies();
        stage.send(FROM_H, Place.H, echo.next(h, b).bytes().toArray());
        stage.send(TO_H, Place.B, echo.next(b, h).bytes().toArray());
    }
}
