package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Icmpv6Message;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.Ipv6Packet;
import dev.culvert.harness.packet.NdOption;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.Inet6Address;
import java.util.List;

/** Outer packets that A composes itself, with IPv6 inside that B is to take, to refuse, or to answer as a neighbor. */
public final class Ipv6InnerStimuli {

    /** Inner packets with sources that no packet may have, and with bytes behind their end. */
    public static final String COMPOSED = "ipv6-composed";
    /** Payloads that are too short for an IPv6 header. */
    public static final String SHORT = "ipv6-short";
    /** A neighbor solicitation for B's internal address. */
    public static final String NEIGHBOR = "ipv6-neighbor";
    /** One that tells a link-layer address. */
    public static final String NEIGHBOR_WITH_ADDRESS = "ipv6-neighbor-with-address";

    /** An echo request that is as it should be. */
    public static final String HONEST = "honest";
    /** One from ::1. */
    public static final String FROM_LOOPBACK = "from-loopback";
    /** One from ff02::1. */
    public static final String FROM_MULTICAST = "from-multicast";
    /** One from ::192.0.2.9, an IPv4-compatible address. */
    public static final String FROM_COMPATIBLE = "from-compatible";
    /** One from ::ffff:192.0.2.9, an IPv4-mapped address. */
    public static final String FROM_MAPPED = "from-mapped";
    /** One with ten bytes behind it that its length does not count. */
    public static final String PADDED = "padded";
    /** The two fragments of an outer packet of {@link #LONG} bytes. */
    public static final String LONG_HEAD = "long-head";

    public static final String LONG_TAIL = "long-tail";

    /** Lengths of the payloads that are too short; {@link #shortLabel} names them. */
    public static final List<Integer> TOO_SHORT = List.of(0, 1, 20, 39);

    /** Label of a neighbor solicitation. */
    public static final String SOLICITED = "solicited";

    /** The length of the outer packet that comes in fragments: what RFC 4213 section 3.6 wants reassembled at least. */
    public static final int LONG = 1500;

    /** The source that B has a route to, by the tunnel, so that what it answers is seen. */
    private static final Inet6Address COMPATIBLE = mapped(0);

    private static final Inet6Address MAPPED = mapped(0xffff);
    private static final Inet6Address LOOPBACK = Ipv6.parse("::1").orElseThrow();
    private static final Inet6Address ALL_NODES = Ipv6.parse("ff02::1").orElseThrow();

    private static final Bytes LINK_LAYER_ADDRESS = Bytes.parse("02 00 00 00 00 99");
    private static final int IDENTIFICATION = 0x7200;
    /** The number of IPv6 within IP (RFC 4213 section 3.5). */
    private static final int IPV6 = 41;
    /** A multiple of 8, behind the inner header. */
    private static final int CUT = 800;

    private Ipv6InnerStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(
                                COMPOSED,
                                "A composes outer packets with IPv6 inside from impossible sources, padded, and in fragments",
                                Ipv6InnerStimuli::composed)
                        .onlyFor(Ipv6InnerStimuli::bareIpv6),
                Stimulus.of(
                                SHORT,
                                "A composes outer packets of the protocol of IPv6 whose inside is too short",
                                Ipv6InnerStimuli::tooShort)
                        .onlyFor(Ipv6InnerStimuli::bareIpv6),
                Stimulus.of(
                                NEIGHBOR,
                                "A solicits B's internal address as a neighbor within the tunnel",
                                stage -> solicit(stage, Icmpv6Message.neighborSolicitation(b(stage))))
                        .onlyFor(Ipv6InnerStimuli::bareIpv6),
                Stimulus.of(
                                NEIGHBOR_WITH_ADDRESS,
                                "A solicits B's internal address within the tunnel and tells a link-layer address",
                                stage -> solicit(
                                        stage,
                                        Icmpv6Message.neighborSolicitation(b(stage))
                                                .withLinkLayerAddress(
                                                        NdOption.SOURCE_LINK_LAYER_ADDRESS, LINK_LAYER_ADDRESS)))
                        .onlyFor(Ipv6InnerStimuli::bareIpv6));
    }

    /** The label of a payload that is too short. */
    public static String shortLabel(int length) {
        return "short-" + length;
    }

    /** Whether IPv6 is right behind an IPv4 header. */
    static boolean bareIpv6(Topology topology) {
        return topology.innerFamily() == Family.IPV6
                && topology.outerFamily() == Family.IPV4
                && topology.overhead() == Family.IPV4.headerLength()
                && topology.takesComposed();
    }

    private static void composed(Stage stage) {
        EchoReplies echo = new EchoReplies();
        for (Inet6Address source : List.of(COMPATIBLE, MAPPED)) {
            String host = IpAddress.text(source) + "/128";
            String device = stage.topology().b().tunnel().device();
            stage.run("route-to-" + host, Place.B, List.of("ip", "route", "add", host, "dev", device));
            stage.afterwards(Place.B, List.of("ip", "route", "del", host, "dev", device));
        }
        from(stage, FROM_LOOPBACK, LOOPBACK, echo);
        from(stage, FROM_MULTICAST, ALL_NODES, echo);
        from(stage, FROM_COMPATIBLE, COMPATIBLE, echo);
        from(stage, FROM_MAPPED, MAPPED, echo);
        send(stage, PADDED, Bytes.join(honest(stage, echo), Bytes.of(new byte[10])));
        sendLong(stage, echo);
        send(stage, HONEST, honest(stage, echo));
    }

    private static void sendLong(Stage stage, EchoReplies echo) {
        int inner = LONG - Family.IPV4.headerLength();
        Bytes whole = echo.ofLength(inner, a(stage), b(stage)).bytes();
        Ipv4Packet head = outer(stage, IpPayload.of(IPV6, whole.slice(0, CUT)));
        Ipv4Packet tail = outer(stage, IpPayload.of(IPV6, whole.from(CUT)));
        stage.send(LONG_HEAD, Place.A, head.moreFragments().bytes().toArray());
        stage.send(LONG_TAIL, Place.A, tail.fragmentOffset(CUT).bytes().toArray());
    }

    private static void tooShort(Stage stage) {
        EchoReplies echo = new EchoReplies();
        for (int length : TOO_SHORT) {
            send(stage, shortLabel(length), honest(stage, echo).slice(0, length));
        }
        send(stage, HONEST, honest(stage, echo));
    }

    private static void solicit(Stage stage, Icmpv6Message message) {
        Ipv6Packet packet = Ipv6Packet.between(a(stage), b(stage)).hopLimit(255).payload(message);
        send(stage, SOLICITED, packet.bytes());
    }

    private static void from(Stage stage, String label, Inet6Address source, EchoReplies echo) {
        send(stage, label, echo.request(source, b(stage)).bytes());
    }

    private static Bytes honest(Stage stage, EchoReplies echo) {
        return echo.request(a(stage), b(stage)).bytes();
    }

    private static void send(Stage stage, String label, Bytes inside) {
        Ipv4Packet packet = outer(stage, Encapsulated.by(stage.topology(), inside));
        stage.send(label, Place.A, packet.bytes().toArray());
    }

    private static Ipv4Packet outer(Stage stage, IpPayload inside) {
        TunnelEnd end = stage.topology().a().tunnel();
        return Ipv4Packet.between(Ipv4.of(end.local()), Ipv4.of(end.remote()))
                .id(IDENTIFICATION)
                .payload(inside);
    }

    private static Inet6Address a(Stage stage) {
        return Ipv6.of(stage.topology().a().tunnel().address().address());
    }

    private static Inet6Address b(Stage stage) {
        return Ipv6.of(stage.topology().b().tunnel().address().address());
    }

    /** 192.0.2.9 behind 80 bits of zero and 16 others (RFC 4291 section 2.5.5). */
    private static Inet6Address mapped(int before) {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) (before >> 8);
        bytes[11] = (byte) before;
        bytes[12] = (byte) 192;
        bytes[14] = 2;
        bytes[15] = 9;
        return Ipv6.address(bytes);
    }
}
