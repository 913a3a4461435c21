package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EspSender;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.topologies.Esp;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.plan.EspState;
import java.net.Inet4Address;
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
    private static final long BASE = 0x4000_0000L;

    private static final List<String> FLUSH = List.of("ip", "route", "flush", "cache");
    private static final int NO_NEXT_HEADER = 59;
    private static final int SPI_AND_SEQUENCE = 8;
    /** 192.0.2.0/24 is for documentation (RFC 5737), and no topology of ours uses it. */
    private static final String NOBODY = "192.0.2.1";

    private EspStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(OTHER_MARK, "A sends by a device whose key is the mark of no policy", stage -> {
                            stage.tunnelOptions("okey", String.valueOf(unusedMark(stage.topology())));
                            sendUnprotected(stage);
                        })
                        .onlyFor(EspStimuli::isProtected),
                Stimulus.of(OTHER_REMOTE, "A sends by a policy that asks for a state to nobody", stage -> {
                            stage.afterwards(
                                    Place.A,
                                    policy(
                                            stage,
                                            stage.topology()
                                                    .a()
                                                    .tunnel()
                                                    .remote()
                                                    .getHostAddress()));
                            stage.run("policy", Place.A, policy(stage, NOBODY));
                            sendUnprotected(stage);
                        })
                        .onlyFor(EspStimuli::isProtected),
                Stimulus.of(
                                LENGTHS,
                                "H sends J the longest packet that fits once protected, and longer ones",
                                stage -> {
                                    stage.afterwards(Place.H, FLUSH);
                                    stage.afterwards(Place.A, FLUSH);
                                    sendLengths(stage);
                                })
                        .onlyFor(t -> isProtected(t) && t.a().lan() != null && t.b().lan() != null));
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

    /** A mark that neither direction of A's device has. */
    private static long unusedMark(Topology topology) {
        return topology.a().tunnel().options().given().values().stream()
                        .filter(value -> value.matches("[0-9]+"))
                        .mapToLong(Long::parseLong)
                        .max()
                        .orElse(0)
                + 1;
    }

    private static List<String> policy(Stage stage, String remote) {
        TunnelEnd end = stage.topology().a().tunnel();
        String mark =
                end.options().given().getOrDefault("okey", end.options().given().get("key"));
        List<String> argv = new ArrayList<>(List.of("ip", "xfrm", "policy", "update", "src", "0.0.0.0/0"));
        argv.addAll(List.of("dst", "0.0.0.0/0", "dir", "out", "mark", Objects.requireNonNull(mark)));
        argv.addAll(List.of("tmpl", "src", end.local().getHostAddress(), "dst", remote));
        argv.addAll(List.of("proto", "esp", "mode", "tunnel"));
        return argv;
    }

    private static void sendUnprotected(Stage stage) {
        send(stage, UNPROTECTED, Place.A, new EchoReplies().next(a(stage), b(stage)));
    }

    private static void sendLengths(Stage stage) {
        Topology topology = stage.topology();
        Inet4Address h = host(topology.a().lan());
        Inet4Address j = host(topology.b().lan());
        int longest = topology.longestWithin(topology.a().underlay().mtu());
        EchoReplies echo = new EchoReplies();
        send(stage, LONGEST, Place.H, echo.ofLength(longest, h, j).dontFragment());
        // Before H is told of a path MTU, by which it would cut the packet itself.
        send(stage, ONE_TOO_LONG_WITHOUT_DF, Place.H, echo.ofLength(longest + 1, h, j));
        send(stage, ONE_TOO_LONG, Place.H, echo.ofLength(longest + 1, h, j).dontFragment());
    }

    /** Lets B forget the numbers that it was shown, which are far ahead of those of A's state. */
    private static void forgetNumbersAfterwards(Stage stage) {
        EspState state = EspState.receiving(stage.topology(), Place.B);
        stage.afterwards(Place.B, state.add());
        stage.afterwards(Place.B, state.delete());
    }

    private static void sendComposed(Stage stage) {
        forgetNumbersAfterwards(stage);
        Esp esp = Objects.requireNonNull(stage.topology().esp());
        EspSender sender = new EspSender(esp.suite(), esp.aToB());
        EchoReplies echo = new EchoReplies();
        Ipv4Packet first = request(stage, echo);
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
        long nobodys = esp.aToB().spi() ^ 0x1_0000;
        compose(stage, UNKNOWN_SPI, sender.protectAs(nobodys, ahead + 2, request(stage, echo)));
        compose(stage, NUMBER_ZERO, sender.protect(0, request(stage, echo)));
        compose(stage, DUMMY, sender.protect(ahead + 3, request(stage, echo).bytes(), NO_NEXT_HEADER));
        compose(stage, TOO_SHORT, first.bytes().slice(0, SPI_AND_SEQUENCE / 2));
        compose(stage, AT_THE_END, sender.protect(ahead + 4, request(stage, echo)));
    }

    private static void sendEcn(Stage stage) {
        forgetNumbersAfterwards(stage);
        Esp esp = Objects.requireNonNull(stage.topology().esp());
        EspSender sender = new EspSender(esp.suite(), esp.aToB());
        EchoReplies echo = new EchoReplies();
        long next = BASE;
        for (List<Integer> fields : ECN_FIELDS) {
            Bytes sealed = sender.protect(next++, echo.next(a(stage), b(stage)).tos(fields.get(0)));
            send(
                    stage,
                    ecn(fields.get(0), fields.get(1)),
                    Place.A,
                    outer(stage, sealed).tos(fields.get(1)));
        }
    }

    private static Ipv4Packet request(Stage stage, EchoReplies echo) {
        return echo.request(a(stage), b(stage));
    }

    private static void compose(Stage stage, String label, Bytes esp) {
        send(stage, label, Place.A, outer(stage, esp));
    }

    private static Ipv4Packet outer(Stage stage, Bytes esp) {
        TunnelEnd end = stage.topology().a().tunnel();
        return Ipv4Packet.between(Ipv4.of(end.local()), Ipv4.of(end.remote()))
                .id(1)
                .payload(IpPayload.of(EspSender.PROTOCOL, esp));
    }

    private static void send(Stage stage, String label, Place from, Ipv4Packet packet) {
        stage.send(label, from, packet.bytes().toArray());
    }

    private static Inet4Address a(Stage stage) {
        return stage.topology().a().tunnel().address().ipv4();
    }

    private static Inet4Address b(Stage stage) {
        return stage.topology().b().tunnel().address().ipv4();
    }

    private static Inet4Address host(Lan lan) {
        return Objects.requireNonNull(lan).host().address().ipv4();
    }
}
