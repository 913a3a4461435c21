package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.MplsStack;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Mpls;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.Inet4Address;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Traffic between the LANs where it is labelled. */
public final class MplsStimuli {

    /** Packets of every size that matters, and one with a label that B does not know. */
    public static final String LABELLED = "labelled";
    /** B does not take labelled packets from the tunnel. */
    public static final String REFUSED = "labels-refused";
    /** Neither server copies the IP TTL into labels or back. */
    public static final String NOT_PROPAGATED = "ttl-not-propagated";

    /** The IP TTL with which {@link #H_TO_J} leaves H. */
    public static final int TTL = 9;

    public static final String H_TO_J = "h-to-j";
    /** DF packets of the largest size that the labels leave room for, and of one byte more. */
    public static final String LARGEST = "largest";

    public static final String TOO_LARGE_DF = "too-large-df";
    /** As the last, with DF not set. */
    public static final String TOO_LARGE = "too-large";
    /** Label of an outer packet that A composes with a label that B does not know. */
    public static final String UNKNOWN = "unknown-label";

    private MplsStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                labelled(LABELLED, "H sends to J, labelled by A, up to and beyond what fits", MplsStimuli::labelled),
                labelled(REFUSED, "H sends to J while B takes no labels from the tunnel", stage -> {
                    String setting =
                            "net.mpls.conf." + stage.topology().b().tunnel().device() + ".input=";
                    set(stage, Place.B, setting + "0", setting + "1");
                    send(
                            stage,
                            H_TO_J,
                            fromHToJ(stage.topology(), new EchoReplies()).ttl(TTL));
                }),
                labelled(NOT_PROPAGATED, "H sends to J while the labels keep a TTL of their own", stage -> {
                    for (Place place : List.of(Place.A, Place.B)) {
                        set(stage, place, "net.mpls.ip_ttl_propagate=0", "net.mpls.ip_ttl_propagate=1");
                    }
                    send(
                            stage,
                            H_TO_J,
                            fromHToJ(stage.topology(), new EchoReplies()).ttl(TTL));
                }));
    }

    /** The largest IP packet that A can label: the MTU of its device less 4 bytes a label (RFC 3032 section 3.2). */
    public static int largest(Topology topology) {
        return topology.tunnelMtu(Place.A) - 4 * mpls(topology).aToB().size();
    }

    private static Stimulus labelled(String id, String purpose, Consumer<Stage> action) {
        return Stimulus.of(id, purpose, action)
                .onlyFor(t -> t.mpls() != null && t.a().lan() != null && t.b().lan() != null);
    }

    private static void labelled(Stage stage) {
        Topology topology = stage.topology();
        EchoReplies echo = new EchoReplies();
        int largest = largest(topology);
        send(stage, H_TO_J, fromHToJ(topology, echo).ttl(TTL));
        send(stage, LARGEST, ofLength(topology, echo, largest).dontFragment());
        send(stage, TOO_LARGE_DF, ofLength(topology, echo, largest + 1).dontFragment());
        send(stage, TOO_LARGE, ofLength(topology, echo, largest + 1));
        Ipv4Packet inside = fromHToJ(topology, echo);
        stage.send(
                UNKNOWN,
                Place.A,
                Ipv4Packet.between(
                                Ipv4.of(topology.a().tunnel().local()),
                                Ipv4.of(topology.b().tunnel().local()))
                        .payload(MplsStack.over(inside.bytes(), unknown(topology)))
                        .bytes()
                        .toArray());
    }

    /** The last label below 1000 that B has no route for. */
    private static int unknown(Topology topology) {
        List<Integer> known = mpls(topology).poppedBy(Place.B);
        return IntStream.iterate(999, label -> label - 1)
                .filter(label -> !known.contains(label))
                .findFirst()
                .orElseThrow();
    }

    private static void set(Stage stage, Place place, String setting, String before) {
        stage.run("set-" + place.id(), place, List.of("sysctl", "-q", "-w", setting));
        stage.afterwards(place, List.of("sysctl", "-q", "-w", before));
    }

    private static void send(Stage stage, String label, Ipv4Packet packet) {
        stage.send(label, Place.H, packet.bytes().toArray());
    }

    private static Ipv4Packet fromHToJ(Topology topology, EchoReplies echo) {
        return echo.next(host(topology, Place.A), host(topology, Place.B));
    }

    private static Ipv4Packet ofLength(Topology topology, EchoReplies echo, int length) {
        return echo.ofLength(length, host(topology, Place.A), host(topology, Place.B));
    }

    private static Inet4Address host(Topology topology, Place behind) {
        return Objects.requireNonNull(topology.endpoint(behind).lan())
                .host()
                .address()
                .ipv4();
    }

    private static Mpls mpls(Topology topology) {
        return Objects.requireNonNull(topology.mpls(), "a topology without labels");
    }
}
