package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissector;
import dev.culvert.harness.packet.Erspan3Header;
import dev.culvert.harness.packet.ErspanHeader;
import dev.culvert.harness.packet.ErspanPacket;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.harness.packet.PacketContext;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;

/**
 * ERSPAN headers of types II and III that A composes itself, for B to take or refuse. Each carries an echo request, which B answers if it
 * takes it. Last of all, since B then has seen numbers that A's device is far from; the last packet makes it forget them.
 */
public final class ErspanStimuli {

    /** The one stimulus of this kind. */
    public static final String COMPOSED = "erspan-composed";

    public static final String OTHER_SESSION = "other-session";
    /** The header and protocol type of the other of types II and III. */
    public static final String OTHER_TYPE = "other-type";
    /** A header of version 7, of 12 bytes like one of type III. */
    public static final String UNKNOWN_VERSION = "unknown-version";
    /** A number that has been. */
    public static final String OLD_NUMBER = "old-number";
    /** Half a header. */
    public static final String SHORT = "short";

    /** Labels of packets whose numbers go round to the last there is, after which the kernel begins anew. */
    public static final List<String> ROUND = List.of("round-1", "round-2", "round-3");

    /** Ahead of anything that A's device gets to, and less than 2^31 ahead. */
    private static final int BASE = 0x4000_0000;

    private static final int STEP = 0x4000_0000;
    private static final int PROTOCOL = 47;
    private static final int UNKNOWN = 7;

    private ErspanStimuli() {}

    /** What has to come after everything else. */
    public static List<Stimulus> last() {
        return List.of(Stimulus.of(
                        COMPOSED,
                        "A composes ERSPAN headers that differ from those of its device",
                        ErspanStimuli::composed)
                .onlyFor(topology -> ErspanMirrorStimuli.isErspan(topology) && !topology.takesComposed()));
    }

    private static void composed(Stage stage) {
        EchoReplies echo = new EchoReplies();
        send(stage, PositiveControl.AS_IT_SHOULD_BE, right(stage, echo), BASE);
        ErspanPacket right = right(stage, echo);
        send(stage, OTHER_SESSION, right.with(ErspanHeader.SESSION_ID, session(right) ^ 1), BASE + 1);
        send(stage, OTHER_TYPE, otherType(right(stage, echo)), BASE + 2);
        Bytes frame = right(stage, echo).frame();
        send(
                stage,
                UNKNOWN_VERSION,
                ErspanPacket.typeIII(session(right), frame).with(ErspanHeader.VERSION, UNKNOWN),
                BASE + 3);
        send(stage, OLD_NUMBER, right(stage, echo), BASE + 1);
        cut(stage, right(stage, echo), BASE + 4);
        for (int i = 0; i < ROUND.size(); i++) {
            send(stage, ROUND.get(i), right(stage, echo), BASE + (i + 1) * STEP - 1);
        }
    }

    /** An echo request behind the header that A's device would put before it, but for the timestamp. */
    private static ErspanPacket right(Stage stage, EchoReplies echo) {
        Topology topology = stage.topology();
        return right(
                topology,
                echo.request(
                        topology.a().tunnel().address().address(),
                        topology.b().tunnel().address().address()));
    }

    private static ErspanPacket right(Topology topology, IpPacket inner) {
        ErspanHeader header = Dissector.dissect(
                        Encapsulated.fromAToB(topology, inner).bytes(), LinkType.RAW, PacketContext.of(topology))
                .first(ErspanHeader.class)
                .orElseThrow();
        return new ErspanPacket(header.bytes(), header.payload());
    }

    /** A packet behind such a header with a sequence number. */
    static IpPayload numbered(Topology topology, IpPacket inner, int number) {
        return Encapsulated.behindOuter(
                topology, PROTOCOL, right(topology, inner).inGre(number).bytes());
    }

    private static int session(ErspanPacket packet) {
        return packet.header().u16(2) & 0x3ff;
    }

    private static ErspanPacket otherType(ErspanPacket packet) {
        return packet.header().length() == Erspan3Header.LENGTH
                ? ErspanPacket.typeII(session(packet), 1, packet.frame())
                : ErspanPacket.typeIII(session(packet), packet.frame());
    }

    private static void send(Stage stage, String label, ErspanPacket packet, int number) {
        send(stage, label, packet.inGre(number).bytes());
    }

    /** Only the first four bytes of the header are there. */
    private static void cut(Stage stage, ErspanPacket packet, int number) {
        Bytes whole = packet.inGre(number).bytes();
        int gre = whole.length() - packet.bytes().length();
        send(stage, SHORT, whole.slice(0, gre + 4));
    }

    private static void send(Stage stage, String label, Bytes behind) {
        IpPacket packet = Encapsulated.labelled(
                stage.topology(), label, Encapsulated.behindOuter(stage.topology(), PROTOCOL, behind));
        stage.send(label, Place.A, packet.bytes().toArray());
    }
}
