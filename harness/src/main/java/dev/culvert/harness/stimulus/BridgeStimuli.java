package dev.culvert.harness.stimulus;

import static dev.culvert.harness.stimulus.MarkedFrame.SHORTEST_DATA;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Frames of H, on the segment that bridges and the tunnel between them join with J's. */
public final class BridgeStimuli {

    /** Frames to J, to everybody, to a group and to nobody, tagged and not. */
    public static final String FRAMES = "bridged-frames";
    /** Frames longer than the tunnel device takes, which the LAN carries. */
    public static final String LENGTHS = "bridged-lengths";
    /** H forgets J's Ethernet address and sends to J. */
    public static final String RESOLUTION = "bridged-resolution";

    public static final String TO_J = "to-j";
    public static final String BROADCAST = "broadcast";
    public static final String MULTICAST = "multicast";
    public static final String TO_NOBODY = "to-nobody";
    /** With one byte of data, 45 less than Ethernet pads to. */
    public static final String SHORT = "short";

    public static final String TAGGED = "tagged";
    /** An IPv4 packet to J with TTL {@link #TTL}. */
    public static final String IPV4 = "ipv4";
    /** The same behind a tag. */
    public static final String TAGGED_IPV4 = "tagged-ipv4";

    public static final int TTL = 9;

    /** As much data as the tunnel device takes. */
    public static final String LARGEST = "largest";
    /** One byte more. */
    public static final String ONE_MORE = "one-more";
    /** One byte more than a bridge gives a port, which is a tag's length more than the port takes. */
    public static final String FIVE_MORE = "five-more";

    /** Label of the packet of {@link #RESOLUTION}. */
    public static final String PACKET = "packet";
    /** Name under which H's neighbours after it are kept. */
    public static final String NEIGHBOURS = "neighbours";

    private static final List<String> FLUSH = List.of("ip", "route", "flush", "cache");

    private BridgeStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                of(FRAMES, "H sends frames of every kind on the segment that the bridges join", BridgeStimuli::frames),
                of(LENGTHS, "H sends J frames as long as the tunnel device takes, and longer", BridgeStimuli::lengths),
                of(RESOLUTION, "H sends to J after it forgot J's Ethernet address", BridgeStimuli::resolution));
    }

    private static Stimulus of(String id, String purpose, Consumer<Stage> action) {
        return Stimulus.of(id, purpose, action)
                .onlyFor(topology -> topology.bridged()
                        && topology.a().lan() != null
                        && topology.b().lan() != null);
    }

    private static void frames(Stage stage) {
        Port h = h(stage.topology());
        Port j = j(stage.topology());
        MarkedFrame toJ = new MarkedFrame(h.mac(), j.mac());
        inject(stage, TO_J, toJ.plain(TO_J, SHORTEST_DATA));
        inject(stage, BROADCAST, new MarkedFrame(h.mac(), FrameStimuli.EVERYBODY).plain(BROADCAST, SHORTEST_DATA));
        inject(stage, MULTICAST, new MarkedFrame(h.mac(), FrameStimuli.SOME_GROUP).plain(MULTICAST, SHORTEST_DATA));
        inject(stage, TO_NOBODY, new MarkedFrame(h.mac(), FrameStimuli.NOBODY).plain(TO_NOBODY, SHORTEST_DATA));
        inject(stage, SHORT, toJ.plain(SHORT, 1));
        inject(stage, TAGGED, toJ.tagged(TAGGED, SHORTEST_DATA));
        EchoReplies echo = new EchoReplies();
        Bytes tagged =
                echo.next(h.address().ipv4(), j.address().ipv4()).ttl(TTL).bytes();
        inject(stage, TAGGED_IPV4, toJ.tagged(0x0800, tagged));
        stage.send(
                IPV4,
                Place.H,
                echo.next(h.address().ipv4(), j.address().ipv4())
                        .ttl(TTL)
                        .bytes()
                        .toArray());
    }

    private static void lengths(Stage stage) {
        MarkedFrame toJ =
                new MarkedFrame(h(stage.topology()).mac(), j(stage.topology()).mac());
        int mtu = stage.topology().tunnelMtu(Place.A);
        // What A says to itself of the frame that it cannot send, it remembers as the path's MTU.
        stage.afterwards(Place.A, FLUSH);
        inject(stage, LARGEST, toJ.plain(LARGEST, mtu));
        inject(stage, ONE_MORE, toJ.plain(ONE_MORE, mtu + 1));
        inject(stage, FIVE_MORE, toJ.plain(FIVE_MORE, mtu + 5));
    }

    private static void resolution(Stage stage) {
        Port h = h(stage.topology());
        Port j = j(stage.topology());
        String address = j.address().host();
        stage.afterwards(
                Place.H,
                List.of("ip", "neigh", "replace", address, "lladdr", j.mac(), "dev", h.device(), "nud", "permanent"));
        stage.run("forgotten", Place.H, List.of("ip", "neigh", "del", address, "dev", h.device()));
        stage.send(
                PACKET,
                Place.H,
                new EchoReplies()
                        .next(h.address().ipv4(), j.address().ipv4())
                        .bytes()
                        .toArray());
        stage.settle();
        stage.run(NEIGHBOURS, Place.H, List.of("ip", "-j", "neigh", "show", "dev", h.device()));
    }

    private static void inject(Stage stage, String label, Bytes frame) {
        stage.inject(label, Place.H, h(stage.topology()).device(), frame.toArray());
    }

    private static Port h(Topology topology) {
        return Objects.requireNonNull(topology.a().lan()).host();
    }

    private static Port j(Topology topology) {
        return Objects.requireNonNull(topology.b().lan()).host();
    }
}
