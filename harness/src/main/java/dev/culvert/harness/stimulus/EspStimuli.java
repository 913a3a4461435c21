package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EspSender;
import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.Icmpv6Message;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.UdpDatagram;
import dev.culvert.topologies.Esp;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.plan.EspPolicy;
import dev.culvert.topologies.plan.EspState;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What IPsec lets through, and what it must not: packets without a policy or a state for them, and ESP packets that A composes itself. */
public final class EspStimuli {

    /** A's device marks its packets with a key that no policy is for. */
    public static final String OTHER_MARK = "esp-other-mark";
    /** A's policy asks for a state to somebody else. */
    public static final String OTHER_REMOTE = "esp-other-remote";
    /** Packets around the longest that fits. */
    public static final String LENGTHS = "esp-lengths";
    /** A is told that the path of its packets carries {@link #TOLD} bytes: of somebody else's packets, then of its own. */
    public static final String PATH_MTU = "esp-path-mtu";
    /** ESP packets by A's keys of every ECN field. B forgets their numbers afterwards. */
    public static final String ECN = "esp-ecn";
    /** ESP packets by A's keys that are not all as they should be. B forgets their numbers afterwards. */
    public static final String COMPOSED = "esp-composed";

    /** Label of the packet of {@link #OTHER_MARK} and {@link #OTHER_REMOTE}. */
    public static final String UNPROTECTED = "unprotected";

    /** Labels of {@link #LENGTHS}, of packets from H to J. */
    public static final String LONGEST = "longest";

    public static final String ONE_TOO_LONG = "one-too-long";
    public static final String ONE_TOO_LONG_WITHOUT_DF = "one-too-long-without-df";

    /** Labels of {@link #PATH_MTU}, besides {@link #ONE_TOO_LONG}: errors from B, and packets from H to J. */
    public static final String TOLD_OF_NOBODYS = "told-of-nobodys";

    public static final String NOT_BELIEVED = "not-believed";
    public static final String TOLD_OF_OWN = "told-of-own";
    public static final String FITTING = "fitting";

    /** The MTU that {@link #PATH_MTU} tells, in bytes of the outer packet. */
    public static final int TOLD = 1400;

    /** Labels of {@link #COMPOSED} in the order in which they are sent; those of {@link #TAKEN} are as they should be. */
    public static final String FRESH = "fresh";

    public static final String AGAIN = "again";
    public static final String AHEAD = "ahead";
    public static final String LAST_OF_WINDOW = "last-of-window";
    public static final String BEHIND_WINDOW = "behind-window";
    public static final String WRONG_CHECK_VALUE = "wrong-check-value";
    public static final String AFTER_WRONG_CHECK_VALUE = "after-wrong-check-value";
    public static final String UNKNOWN_SPI = "unknown-spi";
    public static final String NUMBER_ZERO = "number-zero";
    public static final String DUMMY = "dummy";
    public static final String TOO_SHORT = "too-short";
    public static final String AT_THE_END = "at-the-end";

    public static final List<String> TAKEN = List.of(FRESH, AHEAD, LAST_OF_WINDOW, AFTER_WRONG_CHECK_VALUE, AT_THE_END);

    /** The length of the replay window that every state has. */
    public static final int WINDOW = 32;

    /** Inner and outer ECN fields, by pairs, of packets that {@link #ecn} names. */
    public static final List<List<Integer>> ECN_FIELDS = List.of(
            List.of(0, 1), List.of(0, 3), List.of(1, 0), List.of(1, 3), List.of(2, 1), List.of(2, 3), List.of(3, 0));

    /** Ahead of anything that A's state gets to. */
    static final long BASE = 0x4000_0000L;

    private static final int NO_NEXT_HEADER = 59;
    private static final int SPI_AND_SEQUENCE = 8;
    /** What an error quotes of an ESP packet in {@link #PATH_MTU}. */
    private static final int QUOTED = 24;

    // 192.0.2.0/24 (RFC 5737) and 2001:db8::/32 (RFC 3849) are for documentation, and no topology of ours uses these
    // addresses.
    private static final InetAddress NOBODY = Ipv4.address(0xc0000201);

    private static final InetAddress NOBODY_OF_IPV6 =
            Ipv6.parse("2001:db8:1:ff::1").orElseThrow();

    private EspStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(OTHER_MARK, "A sends by a device whose key is the mark of no policy", stage -> {
                            stage.tunnelOptions("okey", String.valueOf(unusedMark(stage.topology())));
                            sendUnprotected(stage);
                        })
                        .onlyFor(EspStimuli::isProtected),
                Stimulus.of(OTHER_REMOTE, "A sends by a policy that asks for a state to nobody", stage -> {
                            InetAddress remote = stage.topology().a().tunnel().remote();
                            stage.afterwards(Place.A, policy(stage, remote));
                            stage.run("policy", Place.A, policy(stage, nobody(remote)));
                            sendUnprotected(stage);
                        })
                        .onlyFor(EspStimuli::isProtected),
                Stimulus.of(
                                LENGTHS,
                                "H sends J the longest packet that fits once protected, and longer ones",
                                EspStimuli::sendLengths)
                        .onlyFor(EspStimuli::isProtectedBetweenLans),
                Stimulus.of(
                                PATH_MTU,
                                "A is told that the path of its ESP packets carries less than its underlay",
                                EspStimuli::sendPathMtu)
                        .onlyFor(EspStimuli::isProtectedBetweenLans));
    }

    /** What has to come after everything else. */
    public static List<Stimulus> last() {
        return List.of(
                Stimulus.of(ECN, "A composes ESP packets of every ECN field without and within", EspStimuli::sendEcn)
                        .onlyFor(EspStimuli::isProtected),
                Stimulus.of(
                                COMPOSED,
                                "A composes ESP packets, as they should be and otherwise",
                                EspStimuli::sendComposed)
                        .onlyFor(EspStimuli::isProtected));
    }

    /** The label of a packet with these ECN fields. */
    public static String ecn(int inner, int outer) {
        return "ecn-" + inner + "-in-" + outer;
    }

    private static boolean isProtected(Topology topology) {
        return topology.esp() != null;
    }

    private static boolean isProtectedBetweenLans(Topology topology) {
        return isProtected(topology)
                && topology.a().lan() != null
                && topology.b().lan() != null;
    }

    /** A mark that neither direction of A's device has. */
    private static long unusedMark(Topology topology) {
        return topology.a().tunnel().options().given().values().stream()
                        .filter(value -> value.matches("[0-9]+"))
                        .mapToLong(Long::parseLong)
                        .max()
                        .orElse(0)
                + 1;
    }

    private static List<String> policy(Stage stage, InetAddress remote) {
        List<String> argv = new ArrayList<>(List.of("ip", "xfrm", "policy", "update"));
        argv.addAll(EspPolicy.words(EspPolicy.Direction.OUT, EspState.sending(stage.topology(), Place.A), remote));
        return argv;
    }

    private static InetAddress nobody(InetAddress remote) {
        return Family.of(remote) == Family.IPV4 ? NOBODY : NOBODY_OF_IPV6;
    }

    private static void sendUnprotected(Stage stage) {
        send(stage, UNPROTECTED, Place.A, new EchoReplies().next(a(stage), b(stage)));
    }

    private static void sendLengths(Stage stage) {
        Topology topology = stage.topology();
        InetAddress h = host(topology.a().lan());
        InetAddress j = host(topology.b().lan());
        int longest = topology.longestWithin(topology.a().underlay().mtu());
        EchoReplies echo = new EchoReplies();
        forgetPathsAfterwards(stage);
        send(stage, LONGEST, Place.H, whole(echo.ofLength(longest, h, j)));
        if (topology.innerFamily() == Family.IPV4) {
            // Before H is told of a path MTU, by which it would cut the packet itself.
            send(stage, ONE_TOO_LONG_WITHOUT_DF, Place.H, echo.ofLength(longest + 1, h, j));
        }
        send(stage, ONE_TOO_LONG, Place.H, whole(echo.ofLength(longest + 1, h, j)));
    }

    private static void sendPathMtu(Stage stage) {
        Topology topology = stage.topology();
        InetAddress h = host(topology.a().lan());
        InetAddress j = host(topology.b().lan());
        int fitting = topology.longestWithin(TOLD);
        EchoReplies echo = new EchoReplies();
        Esp esp = Objects.requireNonNull(topology.esp());
        forgetPathsAfterwards(stage);
        tell(stage, TOLD_OF_NOBODYS, nobodys(esp));
        stage.settle();
        send(stage, NOT_BELIEVED, Place.H, whole(echo.ofLength(fitting + 1, h, j)));
        stage.settle();
        // Where A believed it all the same, H was told, and would not send such a packet again.
        stage.run("host-forgets", Place.H, flush(topology.innerFamily()));
        tell(stage, TOLD_OF_OWN, esp.aToB().spi());
        stage.settle();
        send(stage, FITTING, Place.H, whole(echo.ofLength(fitting, h, j)));
        send(stage, ONE_TOO_LONG, Place.H, whole(echo.ofLength(fitting + 1, h, j)));
    }

    /** Tells A that the path carries no more than {@link #TOLD} bytes, about a packet with that SPI. */
    private static void tell(Stage stage, String label, long spi) {
        TunnelEnd end = stage.topology().a().tunnel();
        Bytes lost = outer(
                        stage,
                        Bytes.of(ByteBuffer.allocate(QUOTED).putInt((int) spi).array()))
                .bytes();
        IpPayload error = stage.topology().outerFamily() == Family.IPV4
                ? IcmpMessage.fragmentationNeeded(TOLD, lost)
                : Icmpv6Message.packetTooBig(TOLD, lost);
        send(stage, label, Place.B, IpPacket.between(end.remote(), end.local()).payload(error));
    }

    private static void forgetPathsAfterwards(Stage stage) {
        for (Place place : List.of(Place.H, Place.A)) {
            stage.afterwards(place, flush(Family.IPV4));
            if (stage.topology().usesIpv6()) {
                stage.afterwards(place, flush(Family.IPV6));
            }
        }
    }

    private static List<String> flush(Family family) {
        return List.of("ip", "-" + family.version(), "route", "flush", "cache");
    }

    /** The packet as one that no router may cut: IPv4 with DF set, IPv6 as it is (RFC 8200 section 5). */
    private static IpPacket whole(IpPacket packet) {
        return packet instanceof Ipv4Packet ipv4 ? ipv4.dontFragment() : packet;
    }

    /** An SPI that B has no state for. */
    static long nobodys(Esp esp) {
        return esp.aToB().spi() ^ 0x1_0000;
    }

    /** Lets B forget the numbers that it was shown, which are far ahead of those of A's state. */
    static void forgetNumbersAfterwards(Stage stage) {
        EspState state = EspState.receiving(stage.topology(), Place.B);
        stage.afterwards(Place.B, state.add());
        stage.afterwards(Place.B, state.delete());
    }

    private static void sendComposed(Stage stage) {
        forgetNumbersAfterwards(stage);
        Esp esp = Objects.requireNonNull(stage.topology().esp());
        EspSender sender = new EspSender(esp.suite(), esp.aToB());
        EchoReplies echo = new EchoReplies();
        IpPacket first = request(stage, echo);
        long start = BASE + 1000;
        compose(stage, FRESH, sender.protect(start, first));
        compose(stage, AGAIN, sender.protect(start, first));
        long ahead = start + 100;
        compose(stage, AHEAD, sender.protect(ahead, request(stage, echo)));
        compose(stage, LAST_OF_WINDOW, sender.protect(ahead - WINDOW + 1, request(stage, echo)));
        compose(stage, BEHIND_WINDOW, sender.protect(ahead - WINDOW, request(stage, echo)));
        Bytes wrong = sender.protect(ahead + 100, request(stage, echo));
        compose(stage, WRONG_CHECK_VALUE, wrong.with(wrong.length() - 1, wrong.u8(wrong.length() - 1) ^ 1));
        compose(stage, AFTER_WRONG_CHECK_VALUE, sender.protect(ahead + 1, request(stage, echo)));
        compose(stage, UNKNOWN_SPI, sender.protectAs(nobodys(esp), ahead + 2, request(stage, echo)));
        compose(stage, NUMBER_ZERO, sender.protect(0, request(stage, echo)));
        compose(stage, DUMMY, sender.protect(ahead + 3, request(stage, echo).bytes(), NO_NEXT_HEADER));
        if (esp.udpPort() == null) {
            // Within UDP it would be no ESP (RFC 3948 section 2.1).
            compose(stage, TOO_SHORT, first.bytes().slice(0, SPI_AND_SEQUENCE / 2));
        }
        compose(stage, AT_THE_END, sender.protect(ahead + 4, request(stage, echo)));
    }

    private static void sendEcn(Stage stage) {
        forgetNumbersAfterwards(stage);
        Esp esp = Objects.requireNonNull(stage.topology().esp());
        EspSender sender = new EspSender(esp.suite(), esp.aToB());
        EchoReplies echo = new EchoReplies();
        long next = BASE;
        for (List<Integer> fields : ECN_FIELDS) {
            Bytes sealed = sender.protect(next++, echo.next(a(stage), b(stage)).trafficClass(fields.get(0)));
            send(
                    stage,
                    ecn(fields.get(0), fields.get(1)),
                    Place.A,
                    outer(stage, sealed).trafficClass(fields.get(1)));
        }
    }

    static IpPacket request(Stage stage, EchoReplies echo) {
        return echo.request(a(stage), b(stage));
    }

    private static void compose(Stage stage, String label, Bytes esp) {
        send(stage, label, Place.A, outer(stage, esp));
    }

    static IpPacket outer(Stage stage, Bytes esp) {
        TunnelEnd end = stage.topology().a().tunnel();
        Integer port = Objects.requireNonNull(stage.topology().esp()).udpPort();
        return between(
                end, port == null ? IpPayload.of(EspSender.PROTOCOL, esp) : datagram(stage.topology(), port, esp));
    }

    /** What is within UDP as the far end takes it: without a checksum (RFC 3948 section 2.1), which IPv6 refuses (RFC 8200 section 8.1). */
    static UdpDatagram datagram(Topology topology, int port, Bytes data) {
        return new UdpDatagram(port, port, data, topology.outerFamily() == Family.IPV6);
    }

    /** A packet from one end to the other. The kernel would fill in an identification that is 0. */
    static IpPacket between(TunnelEnd end, IpPayload payload) {
        IpPacket packet = IpPacket.between(end.local(), end.remote()).payload(payload);
        return packet instanceof Ipv4Packet ipv4 ? ipv4.id(1) : packet;
    }

    private static void send(Stage stage, String label, Place from, IpPacket packet) {
        stage.send(label, from, packet.bytes().toArray());
    }

    private static InetAddress a(Stage stage) {
        return stage.topology().a().tunnel().address().address();
    }

    private static InetAddress b(Stage stage) {
        return stage.topology().b().tunnel().address().address();
    }

    private static InetAddress host(Lan lan) {
        return Objects.requireNonNull(lan).host().address().address();
    }
}
