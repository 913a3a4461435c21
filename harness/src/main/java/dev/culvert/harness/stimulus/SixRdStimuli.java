package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IpPacket;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.Inet6Address;
import java.util.List;

/** Packets to and from others of a 6rd domain, whose addresses say where they are. */
public final class SixRdStimuli {

    /** A sends to a member of the domain that is neither A nor B. */
    public static final String TO_OTHERS = "6rd-to-others";
    /** A composes packets to B whose inner source says that they are from A, and from that other member. */
    public static final String SOURCES = "6rd-sources";

    /** Label of the packet to the other member. */
    public static final String OTHER = "other";
    /** Labels of the packets to B, by their inner source. */
    public static final String TRUE_SOURCE = "true-source";

    public static final String FALSE_SOURCE = "false-source";

    /** The number in the underlay, and so within inner addresses, of what nothing has. */
    private static final int OTHER_NUMBER = 77;

    private SixRdStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(TO_OTHERS, "A sends to a member of its 6rd domain other than B", SixRdStimuli::toOthers)
                        .onlyFor(SixRdStimuli::isSixRd),
                Stimulus.of(
                                SOURCES,
                                "A composes packets to B whose inner source is A's, and somebody else's",
                                SixRdStimuli::sources)
                        .onlyFor(SixRdStimuli::isSixRd));
    }

    private static boolean isSixRd(Topology topology) {
        return topology.kind().sixRd(topology.a().tunnel().options()).isPresent();
    }

    private static void toOthers(Stage stage) {
        Topology topology = stage.topology();
        var underlay = topology.a().underlay();
        String other = underlay.address().subnet().host(OTHER_NUMBER).host();
        stage.run(
                "neighbour",
                Place.A,
                List.of("ip", "neigh", "add", other, "lladdr", "02:00:00:00:00:77", "dev", underlay.device()));
        stage.afterwards(Place.A, List.of("ip", "neigh", "del", other, "dev", underlay.device()));
        send(
                stage,
                OTHER,
                new EchoReplies().next(topology.a().tunnel().address().address(), other(topology)));
    }

    private static void sources(Stage stage) {
        Topology topology = stage.topology();
        EchoReplies echo = new EchoReplies();
        var b = topology.b().tunnel().address().address();
        compose(stage, TRUE_SOURCE, echo.next(topology.a().tunnel().address().address(), b));
        compose(stage, FALSE_SOURCE, echo.next(other(topology), b));
    }

    /** The inner address of the other member: A's, with another number behind the prefix. */
    public static Inet6Address other(Topology topology) {
        TunnelEnd a = topology.a().tunnel();
        byte[] bytes = a.address().address().getAddress();
        var domain = topology.kind().sixRd(a.options()).orElseThrow();
        int last =
                domain.prefix().prefixLength() + Integer.SIZE - domain.common().prefixLength() - Byte.SIZE;
        bytes[last / Byte.SIZE] = OTHER_NUMBER;
        return Ipv6.address(bytes);
    }

    private static void compose(Stage stage, String label, IpPacket inner) {
        stage.send(
                label,
                Place.A,
                Encapsulated.fromAToB(stage.topology(), inner).bytes().toArray());
    }

    private static void send(Stage stage, String label, IpPacket packet) {
        stage.send(label, Place.A, packet.bytes().toArray());
    }
}
