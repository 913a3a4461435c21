package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IpPacket;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.IsatapAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** Packets to and from others on an ISATAP link, whose addresses say where they are. */
public final class IsatapStimuli {

    /** A sends to an ISATAP address that is neither its own nor B's, and to one that is no ISATAP address. */
    public static final String TO_OTHERS = "isatap-to-others";
    /** A composes packets to B with its own inner source, with that of another, and with one that is no ISATAP address. */
    public static final String SOURCES = "isatap-sources";

    /** Labels of the packets of A's, by their inner destination. */
    public static final String OTHER = "other";

    public static final String NOWHERE = "nowhere";

    /** Labels of the packets to B, by their inner source. */
    public static final String TRUE_SOURCE = "true-source";

    public static final String FALSE_SOURCE = "false-source";
    public static final String NO_ISATAP_SOURCE = "no-isatap-source";

    /** The number in the underlay of what nothing has, and that in the tunnel's subnet of what is no ISATAP address. */
    private static final int OTHER_NUMBER = 77;

    private IsatapStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(
                                TO_OTHERS,
                                "A sends to an ISATAP address other than B's, and to one of the same link that is none",
                                IsatapStimuli::toOthers)
                        .onlyFor(IsatapStimuli::isIsatap),
                Stimulus.of(
                                SOURCES,
                                "A composes packets to B whose inner source is A's, somebody else's, and no ISATAP address",
                                IsatapStimuli::sources)
                        .onlyFor(IsatapStimuli::isIsatap));
    }

    private static boolean isIsatap(Topology topology) {
        return topology.kind().isatap(topology.a().tunnel().options());
    }

    private static void toOthers(Stage stage) {
        Topology topology = stage.topology();
        var underlay = topology.a().underlay();
        String other = IpAddress.text(outerOther(topology));
        stage.run(
                "neighbour",
                Place.A,
                List.of("ip", "neigh", "add", other, "lladdr", "02:00:00:00:00:77", "dev", underlay.device()));
        stage.afterwards(Place.A, List.of("ip", "neigh", "del", other, "dev", underlay.device()));
        EchoReplies echo = new EchoReplies();
        InetAddress a = topology.a().tunnel().address().address();
        stage.send(OTHER, Place.A, echo.next(a, other(topology)).bytes().toArray());
        stage.send(NOWHERE, Place.A, echo.next(a, noIsatap(topology)).bytes().toArray());
    }

    private static void sources(Stage stage) {
        Topology topology = stage.topology();
        EchoReplies echo = new EchoReplies();
        InetAddress b = topology.b().tunnel().address().address();
        compose(stage, TRUE_SOURCE, echo.next(topology.a().tunnel().address().address(), b));
        compose(stage, FALSE_SOURCE, echo.next(other(topology), b));
        compose(stage, NO_ISATAP_SOURCE, echo.next(noIsatap(topology), b));
    }

    /** Where packets to the other member lead. */
    public static InetAddress outerOther(Topology topology) {
        return topology.a().underlay().address().subnet().host(OTHER_NUMBER).address();
    }

    /** The inner address of the other member. */
    private static Inet6Address other(Topology topology) {
        return IsatapAddress.of(topology.a().tunnel().address().address(), Ipv4.of(outerOther(topology)));
    }

    /** An address of the tunnel's subnet that is no ISATAP address. */
    static InetAddress noIsatap(Topology topology) {
        return topology.a().tunnel().address().subnet().host(OTHER_NUMBER).address();
    }

    private static void compose(Stage stage, String label, IpPacket inner) {
        stage.send(
                label,
                Place.A,
                Encapsulated.fromAToB(stage.topology(), inner).bytes().toArray());
    }
}
