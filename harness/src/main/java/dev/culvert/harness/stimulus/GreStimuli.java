package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissector;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.harness.packet.GrePacket;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.harness.packet.PacketContext;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Optional;

/** GRE headers that A composes itself, for B to take or refuse. Each carries an echo request, which B answers if it takes it. */
public final class GreStimuli {

    /** Headers that differ in one thing from those of A's device. */
    public static final String COMPOSED = "gre-composed";
    /** Headers that are taken for those of a plain tunnel, or not. */
    public static final String BITS = "gre-bits";
    /** Sequence numbers in and out of order. Last of all: it leaves B expecting numbers that A's device is far from. */
    public static final String SEQUENCE = "gre-sequence";

    /** Labels of {@link #COMPOSED}, beside that of the positive control. */
    public static final String OTHER_KEY = "other-key";

    public static final String KEY_OR_NONE = "key-or-none";
    public static final String CHECKSUM_OR_NONE = "checksum-or-none";
    public static final String WRONG_CHECKSUM = "wrong-checksum";
    public static final String NUMBERED = "numbered";
    public static final String UNKNOWN_TYPE = "unknown-type";
    public static final String WCCP = "wccp";
    public static final String WCCP_REDIRECT = "wccp-redirect";

    /** Bits of the first two bytes that {@link #BITS} sets, one packet each; {@link #bits} names them. */
    public static final List<Integer> ROUTING = List.of(0x4000);

    public static final List<Integer> STRICT_AND_RECURSION = List.of(0x0800, 0x0400);
    public static final List<Integer> IGNORED = List.of(0x0200, 0x0100, 0x0080);
    public static final List<Integer> TAKEN_FOR_VERSION = List.of(0x0040, 0x0020, 0x0010, 0x0008);
    public static final List<Integer> VERSIONS = List.of(1, 2, 7);

    /** Lengths in bytes, GRE header included, that are less than GRE's demultiplexer wants to see. */
    public static final List<Integer> SHORT = List.of(4, 8, 11);
    /** The least that it wants to see, which is no IPv4 header yet. */
    public static final String LEAST = "least";

    /** What {@link #SEQUENCE} adds to {@link #BASE}, packet by packet; {@link #numbered} names them. */
    public static final List<Integer> NUMBERS = List.of(0, 0, 5, 4, 5, Integer.MIN_VALUE + 6);

    /** Label of a packet without a number among those that have one. */
    public static final String UNNUMBERED = "unnumbered";

    /** Ahead of anything that A's device gets to. */
    private static final int BASE = 0x4000_0000;

    private static final int PROTOCOL = 47;
    private static final int WCCP_TYPE = 0x883e;
    private static final int NOBODYS_TYPE = 0x1234;

    private GreStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(
                                COMPOSED,
                                "A composes GRE headers that differ from those of its device",
                                GreStimuli::composed)
                        .onlyFor(topology -> isGre(topology) && topology.takesComposed()),
                Stimulus.of(BITS, "A composes GRE headers of every flag and of other versions", GreStimuli::bits)
                        .onlyFor(topology -> isGre(topology) && topology.takesComposed()));
    }

    /** What has to come after everything else. */
    public static List<Stimulus> last() {
        return List.of(Stimulus.of(
                        SEQUENCE,
                        "A composes GRE headers whose sequence numbers are out of order",
                        GreStimuli::sequence)
                .onlyFor(topology -> isGre(topology) && !topology.takesComposed()));
    }

    /** The label of a packet with those bits set. */
    public static String bits(int bits) {
        return String.format("bits-%04x", bits);
    }

    /** The label of a packet of that many bytes from the GRE header on. */
    public static String ofLength(int length) {
        return "short-" + length;
    }

    /** The label of the nth packet, from 0, of {@link #NUMBERS}. */
    public static String numbered(int n) {
        return "number-" + n;
    }

    /** Whether the tunnel's header is GRE's, with every field that it can have. */
    static boolean isGre(Topology topology) {
        return topology.kind().option("csum").isPresent();
    }

    private static void composed(Stage stage) {
        EchoReplies echo = new EchoReplies();
        send(stage, PositiveControl.AS_IT_SHOULD_BE, right(stage, echo));
        GrePacket other = right(stage, echo);
        send(stage, OTHER_KEY, other.withKey(Optional.of(other.key().orElse(0) ^ 1)));
        GrePacket keyed = right(stage, echo);
        send(stage, KEY_OR_NONE, keyed.withKey(keyed.key().isPresent() ? Optional.empty() : Optional.of(0)));
        GrePacket summed = right(stage, echo);
        send(stage, CHECKSUM_OR_NONE, summed.withChecksum(!summed.checksum()));
        send(stage, WRONG_CHECKSUM, right(stage, echo).withChecksum(true).withWrongChecksum());
        send(stage, NUMBERED, right(stage, echo).withSequence(Optional.of(77)));
        send(stage, UNKNOWN_TYPE, right(stage, echo).withProtocolType(NOBODYS_TYPE));
        send(stage, WCCP, right(stage, echo).withProtocolType(WCCP_TYPE));
        GrePacket redirected = right(stage, echo);
        send(
                stage,
                WCCP_REDIRECT,
                redirected
                        .withCarried(Bytes.join(Bytes.of(new byte[4]), redirected.carried()))
                        .withProtocolType(WCCP_TYPE));
    }

    private static void bits(Stage stage) {
        EchoReplies echo = new EchoReplies();
        for (List<Integer> group : List.of(ROUTING, STRICT_AND_RECURSION, IGNORED, TAKEN_FOR_VERSION, VERSIONS)) {
            for (int bits : group) {
                send(stage, bits(bits), right(stage, echo).withBits(bits));
            }
        }
        Bytes whole = right(stage, echo).bytes();
        for (int length : SHORT) {
            sendCut(stage, ofLength(length), whole, length);
        }
        int headerLength = whole.length() - right(stage, echo).carried().length();
        sendCut(stage, LEAST, whole, Math.max(12, headerLength + 8));
        send(stage, PositiveControl.AS_IT_SHOULD_BE, right(stage, echo));
    }

    private static void sequence(Stage stage) {
        EchoReplies echo = new EchoReplies();
        for (int n = 0; n < NUMBERS.size(); n++) {
            send(stage, numbered(n), right(stage, echo).withSequence(Optional.of(BASE + NUMBERS.get(n))));
        }
        send(stage, UNNUMBERED, right(stage, echo).withSequence(Optional.empty()));
    }

    /** An echo request behind the header that A's device would put before it. */
    static GrePacket right(Stage stage, EchoReplies echo) {
        Topology topology = stage.topology();
        IpPacket inner = echo.request(
                topology.a().tunnel().address().address(),
                topology.b().tunnel().address().address());
        GreHeader header = Dissector.dissect(
                        Encapsulated.fromAToB(topology, inner).bytes(), LinkType.RAW, PacketContext.of(topology))
                .gre()
                .orElseThrow();
        return GrePacket.like(header, header.payload());
    }

    /** Sends a packet that the label tells from others also on the outside. */
    static void send(Stage stage, String label, GrePacket packet) {
        sendCut(stage, label, packet.bytes(), packet.bytes().length());
    }

    private static void sendCut(Stage stage, String label, Bytes behind, int length) {
        IpPacket packet = Encapsulated.labelled(
                stage.topology(), label, Encapsulated.behindOuter(stage.topology(), PROTOCOL, behind.slice(0, length)));
        stage.send(label, Place.A, packet.bytes().toArray());
    }
}
