package dev.culvert.harness.stimulus;

import static dev.culvert.harness.stimulus.MarkedFrame.SHORTEST_DATA;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetFrame;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Ethernet frames that A's tunnel device is given as they are, and the address resolution that only such a device does. */
public final class FrameStimuli {

    /** Frames to every kind of destination, with the options that the topology has. */
    public static final String AS_CONFIGURED = "frames-as-configured";
    /** The same with an outer TTL and TOS of the tunnel's own, and DF always set; the ECN bits of the TOS are not 0. */
    public static final String FIXED = "frames-fixed";
    /** The same with TTL, TOS and DF taken from what is inside. */
    public static final String INHERITED = "frames-inherited";
    /** Frames as long as the device takes, one byte longer, and with a tag. */
    public static final String LENGTHS = "frame-lengths";
    /** A forgets B's Ethernet address and sends to B. */
    public static final String RESOLUTION = "frame-resolution";

    public static final String UNICAST = "unicast";
    public static final String BROADCAST = "broadcast";
    public static final String MULTICAST = "multicast";
    /** To an address that nobody has. */
    public static final String TO_NOBODY = "to-nobody";
    /** With one byte of data, 45 less than Ethernet pads to. */
    public static final String SHORT = "short";
    /** IPv4 behind a tag (IEEE 802.1Q), TTL 9 and TOS 0xb9. */
    public static final String TAGGED_IPV4 = "tagged-ipv4";
    /** Something else behind a tag. */
    public static final String TAGGED_OTHER = "tagged-other";
    /** IPv6 to a solicited-node group, hop limit 255 and traffic class 0xb9. */
    public static final String IPV6 = "ipv6";

    /** The frames of {@link #AS_CONFIGURED} that carry no IP. */
    public static final List<String> NOT_IP = List.of(UNICAST, BROADCAST, MULTICAST, TO_NOBODY, SHORT, TAGGED_OTHER);
    /** All frames of {@link #AS_CONFIGURED}. */
    public static final List<String> ALL =
            List.of(UNICAST, BROADCAST, MULTICAST, TO_NOBODY, SHORT, TAGGED_OTHER, TAGGED_IPV4, IPV6);

    public static final String LARGEST = "largest";
    public static final String TOO_LONG = "too-long";
    /** As much behind a tag as {@link #LARGEST} has behind its header. */
    public static final String LARGEST_TAGGED = "largest-tagged";

    /** Label of the packet of {@link #RESOLUTION}. */
    public static final String TO_B = "to-b";
    /** Name under which A's neighbours on the tunnel device after it are kept. */
    public static final String NEIGHBOURS = "neighbours";

    /** What is inside {@link #TAGGED_IPV4}. */
    public static final int TAGGED_TTL = 9;

    public static final int TAGGED_TOS = 0xb9;
    /** What is inside {@link #IPV6}. */
    public static final int IPV6_HOP_LIMIT = 255;

    public static final int IPV6_TRAFFIC_CLASS = 0xb9;

    /** A locally administered group address; one that nobody has; and everybody's. */
    static final String SOME_GROUP = "03:00:00:00:00:01";

    static final String NOBODY = "02:00:00:00:00:99";
    static final String EVERYBODY = "ff:ff:ff:ff:ff:ff";

    private static final int IPV4 = 0x0800;
    private static final List<String> FLUSH = List.of("ip", "route", "flush", "cache");

    private FrameStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                frames(
                        AS_CONFIGURED,
                        "A's tunnel device is given frames of every kind, as it is configured",
                        stage -> {}),
                frames(
                        FIXED,
                        "A's tunnel device is given the same frames with a fixed outer ttl and tos",
                        stage -> stage.tunnelOptions(stage.topology().kind().fixedHeader(33, 0x12))),
                frames(
                        INHERITED,
                        "A's tunnel device is given the same frames with ttl, tos and df inherited",
                        stage -> stage.tunnelOptions(stage.topology().kind().inheritedHeader())),
                Stimulus.of(
                                LENGTHS,
                                "A's tunnel device is given frames as long as it takes, and longer",
                                FrameStimuli::lengths)
                        .onlyFor(FrameStimuli::carriesFrames));
    }

    /** What is done whichever IP is inside the tunnel. */
    public static List<Stimulus> ofAnyIp() {
        return List.of(
                Stimulus.of(RESOLUTION, "A sends to B after it forgot B's Ethernet address", FrameStimuli::resolution)
                        .onlyFor(FrameStimuli::carriesFrames));
    }

    private static Stimulus frames(String id, String purpose, Consumer<Stage> options) {
        return Stimulus.of(id, purpose, stage -> {
                    options.accept(stage);
                    send(stage);
                })
                .onlyFor(FrameStimuli::carriesFrames);
    }

    /** Whether its device takes frames that come by no route: in external mode it drops them. */
    private static boolean carriesFrames(Topology topology) {
        return topology.carriesFrames() && !topology.external();
    }

    private static void send(Stage stage) {
        Topology topology = stage.topology();
        String source = mac(topology.a().tunnel());
        MarkedFrame toB = new MarkedFrame(source, mac(topology.b().tunnel()));
        inject(stage, UNICAST, toB.plain(UNICAST, SHORTEST_DATA));
        inject(stage, BROADCAST, new MarkedFrame(source, EVERYBODY).plain(BROADCAST, SHORTEST_DATA));
        inject(stage, MULTICAST, new MarkedFrame(source, SOME_GROUP).plain(MULTICAST, SHORTEST_DATA));
        inject(stage, TO_NOBODY, new MarkedFrame(source, NOBODY).plain(TO_NOBODY, SHORTEST_DATA));
        inject(stage, SHORT, toB.plain(SHORT, 1));
        inject(stage, TAGGED_OTHER, toB.tagged(TAGGED_OTHER, SHORTEST_DATA));
        Bytes ipv4 = new EchoReplies()
                .next(
                        topology.a().tunnel().address().ipv4(),
                        topology.b().tunnel().address().ipv4())
                .ttl(TAGGED_TTL)
                .tos(TAGGED_TOS)
                .bytes();
        inject(stage, TAGGED_IPV4, toB.tagged(IPV4, ipv4));
        inject(stage, IPV6, new EthernetFrame(source, "33:33:ff:00:00:02", 0x86dd, neighbourSolicitation()).bytes());
    }

    private static void lengths(Stage stage) {
        Topology topology = stage.topology();
        int mtu = topology.tunnelMtu(Place.A);
        MarkedFrame toB =
                new MarkedFrame(mac(topology.a().tunnel()), mac(topology.b().tunnel()));
        // What A says to itself of the frame that it cannot send, it remembers as the path's MTU.
        stage.afterwards(Place.A, FLUSH);
        inject(stage, LARGEST, toB.plain(LARGEST, mtu));
        inject(stage, TOO_LONG, toB.plain(TOO_LONG, mtu + 1));
        inject(stage, LARGEST_TAGGED, toB.tagged(LARGEST_TAGGED, mtu));
    }

    private static void resolution(Stage stage) {
        Topology topology = stage.topology();
        InterfaceAddress b = topology.b().tunnel().address();
        String device = topology.a().innerDevice();
        String mac = Objects.requireNonNull(topology.b().innerMac());
        stage.afterwards(
                Place.A, List.of("ip", "neigh", "replace", b.host(), "lladdr", mac, "dev", device, "nud", "permanent"));
        stage.run("forgotten", Place.A, List.of("ip", "neigh", "del", b.host(), "dev", device));
        stage.send(
                TO_B,
                Place.A,
                new EchoReplies()
                        .next(topology.a().tunnel().address().address(), b.address())
                        .bytes()
                        .toArray());
        stage.settle();
        stage.run(NEIGHBOURS, Place.A, List.of("ip", "-j", "neigh", "show", "dev", device));
    }

    private static void inject(Stage stage, String label, Bytes frame) {
        stage.inject(label, Place.A, stage.topology().a().tunnel().device(), frame.toArray());
    }

    /** Of fe80::1 for fe80::2 (RFC 4861 section 4.3), without options. */
    private static Bytes neighbourSolicitation() {
        return Bytes.join(
                // version 6, traffic class 0xb9, flow label 0, 24 bytes, next header 58, hop limit 255
                Bytes.parse("6b 90 00 00 00 18 3a ff"),
                Bytes.parse("fe80 0000 0000 0000 0000 0000 0000 0001"),
                Bytes.parse("ff02 0000 0000 0000 0000 0001 ff00 0002"),
                // type 135, code 0, checksum, reserved, target
                Bytes.parse("87 00 7d a1 00 00 00 00"),
                Bytes.parse("fe80 0000 0000 0000 0000 0000 0000 0002"));
    }

    private static String mac(TunnelEnd end) {
        return Objects.requireNonNull(end.mac());
    }
}
