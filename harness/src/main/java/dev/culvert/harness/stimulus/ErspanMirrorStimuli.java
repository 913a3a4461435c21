package dev.culvert.harness.stimulus;

import static dev.culvert.harness.stimulus.MarkedFrame.SHORTEST_DATA;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetFrame;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Objects;

/** Frames that A's traffic control mirrors into its tunnel device, as one uses ERSPAN (tc-mirred(8)). */
public final class ErspanMirrorStimuli {

    /** What comes in at A's LAN device is mirrored. */
    public static final String MIRRORED = "erspan-mirrored";
    /** What leaves a device of A whose MTU is larger than the tunnel device's is mirrored. */
    public static final String OVERSIZED = "erspan-oversized";

    /** Of a type that nobody has a handler for, to A. */
    public static final String UNICAST = "unicast";

    public static final String BROADCAST = "broadcast";
    /** To an address that nobody has, which A mirrors and then drops. */
    public static final String TO_NOBODY = "to-nobody";
    /** Behind a tag of priority 3 and VLAN {@link #VLAN}. */
    public static final String TAGGED = "tagged";
    /** An echo reply to A with TOS {@link #TOS}, where IPv4 is on the LAN. */
    public static final String IPV4 = "ipv4";
    /** An echo reply to A with traffic class {@link #TOS}, where IPv6 is on the LAN. */
    public static final String IPV6 = "ipv6";
    /** One byte less than the 60 below which type III says short. */
    public static final String LENGTH_59 = "length-59";

    public static final String LENGTH_60 = "length-60";

    /** The VLAN of the tag of {@link MarkedFrame}. */
    public static final int VLAN = 0x07b;
    /** DSCP 46, ECN 0. */
    public static final int TOS = 0xb8;

    /** As long as the tunnel device takes. */
    public static final String LARGEST = "largest";
    /** One byte longer. */
    public static final String ONE_MORE = "one-more";
    /** As long as the monitored device takes. */
    public static final String TWICE = "twice";

    private static final String MONITORED = "mirrored";
    private static final int MONITORED_MTU = 3000;

    private ErspanMirrorStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(MIRRORED, "A mirrors into the tunnel what comes in from H", ErspanMirrorStimuli::mirrored)
                        .onlyFor(topology -> mirrors(topology) && topology.a().lan() != null),
                Stimulus.of(
                                OVERSIZED,
                                "A mirrors into the tunnel what leaves a device of a larger MTU",
                                ErspanMirrorStimuli::oversized)
                        .onlyFor(ErspanMirrorStimuli::mirrors));
    }

    /** All of {@link #MIRRORED}, in the order in which they are sent. */
    public static List<String> labels(Topology topology) {
        return List.of(UNICAST, BROADCAST, TO_NOBODY, TAGGED, ofIp(topology), LENGTH_59, LENGTH_60);
    }

    private static String ofIp(Topology topology) {
        return topology.innerFamily() == Family.IPV4 ? IPV4 : IPV6;
    }

    /** Whether frames can be mirrored into it: in external mode a device drops what comes by no route. */
    private static boolean mirrors(Topology topology) {
        return isErspan(topology) && !topology.external();
    }

    /** Whether the tunnel's header is ERSPAN's. */
    static boolean isErspan(Topology topology) {
        return topology.kind().option("erspan_ver").isPresent();
    }

    private static void mirrored(Stage stage) {
        Lan lan = Objects.requireNonNull(stage.topology().a().lan());
        String device = lan.server().device();
        mirror(stage, device, "ingress");
        stage.afterwards(Place.A, List.of("tc", "qdisc", "del", "dev", device, "clsact"));
        MarkedFrame toA = new MarkedFrame(lan.host().mac(), lan.server().mac());
        fromH(stage, UNICAST, toA.plain(UNICAST, SHORTEST_DATA));
        fromH(
                stage,
                BROADCAST,
                new MarkedFrame(lan.host().mac(), FrameStimuli.EVERYBODY).plain(BROADCAST, SHORTEST_DATA));
        fromH(stage, TO_NOBODY, new MarkedFrame(lan.host().mac(), FrameStimuli.NOBODY).plain(TO_NOBODY, SHORTEST_DATA));
        fromH(stage, TAGGED, toA.tagged(TAGGED, SHORTEST_DATA));
        Bytes packet = new EchoReplies()
                .next(lan.host().address().address(), lan.server().address().address())
                .trafficClass(TOS)
                .bytes();
        int type = stage.topology().innerFamily().carried().etherType();
        fromH(
                stage,
                ofIp(stage.topology()),
                new EthernetFrame(lan.host().mac(), lan.server().mac(), type, packet).bytes());
        fromH(stage, LENGTH_59, toA.plain(LENGTH_59, 59 - 14));
        fromH(stage, LENGTH_60, toA.plain(LENGTH_60, 60 - 14));
    }

    private static void fromH(Stage stage, String label, Bytes frame) {
        Lan lan = Objects.requireNonNull(stage.topology().a().lan());
        stage.inject(label, Place.H, lan.host().device(), frame.toArray());
    }

    private static void oversized(Stage stage) {
        String mtu = Integer.toString(MONITORED_MTU);
        stage.run("monitored", Place.A, List.of("ip", "link", "add", MONITORED, "mtu", mtu, "up", "type", "dummy"));
        stage.afterwards(Place.A, List.of("ip", "link", "del", MONITORED));
        mirror(stage, MONITORED, "egress");
        MarkedFrame frame = new MarkedFrame("02:00:00:00:00:88", FrameStimuli.NOBODY);
        int largest = stage.topology().tunnelMtu(Place.A);
        leave(stage, LARGEST, frame.plain(LARGEST, largest));
        leave(stage, ONE_MORE, frame.plain(ONE_MORE, largest + 1));
        leave(stage, TWICE, frame.plain(TWICE, MONITORED_MTU));
    }

    private static void leave(Stage stage, String label, Bytes frame) {
        stage.inject(label, Place.A, MONITORED, frame.toArray());
    }

    private static void mirror(Stage stage, String device, String direction) {
        String tunnel = stage.topology().a().tunnel().device();
        stage.run("clsact", Place.A, List.of("tc", "qdisc", "add", "dev", device, "clsact"));
        stage.run(
                "mirror",
                Place.A,
                List.of(
                        "tc",
                        "filter",
                        "add",
                        "dev",
                        device,
                        direction,
                        "matchall",
                        "action",
                        "mirred",
                        "egress",
                        "mirror",
                        "dev",
                        tunnel));
    }
}
