package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EspSender;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.UdpDatagram;
import dev.culvert.topologies.Esp;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Objects;

/** What comes to the port at which a server takes ESP out of UDP (RFC 3948), and is not all ESP. */
public final class EspInUdpStimuli {

    /** Datagrams that A composes for B's port. B forgets their numbers afterwards. */
    public static final String DATAGRAMS = "esp-in-udp";

    /** Labels in the order in which they are sent. */
    public static final String WITHOUT_CHECKSUM = "without-checksum";

    public static final String WITH_CHECKSUM = "with-checksum";
    public static final String WRONG_CHECKSUM = "wrong-checksum";
    /** From another port than that of A's state, as a NAT makes one. */
    public static final String OTHER_PORT = "other-port";
    /** The protected packet right behind the outer header. */
    public static final String NOT_IN_UDP = "not-in-udp";
    /** One byte, 0xff. */
    public static final String KEEPALIVE = "keepalive";
    /** A protected packet as it should be, behind four bytes of zero. */
    public static final String MARKED = "marked";

    public static final String AT_THE_END = "at-the-end";

    /** Names under which what waits at B's port is kept: before all, behind {@link #KEEPALIVE}, behind {@link #MARKED}. */
    public static final String WAITING_BEFORE = "waiting-before";

    public static final String WAITING_AFTER_KEEPALIVE = "waiting-after-keepalive";
    public static final String WAITING_AFTER_MARKED = "waiting-after-marked";

    /** What stands before what is not ESP (RFC 3948 section 2.2). */
    private static final Bytes MARKER = Bytes.of(new byte[4]);

    /** Ahead of anything that A's state gets to. */
    private static final long BASE = 0x5000_0000L;

    private EspInUdpStimuli() {}

    public static List<Stimulus> last() {
        return List.of(Stimulus.of(
                        DATAGRAMS,
                        "A composes datagrams for the port at which B takes ESP out of UDP",
                        EspInUdpStimuli::send)
                .onlyFor(Topology::espInUdp));
    }

    private static void send(Stage stage) {
        EspStimuli.forgetNumbersAfterwards(stage);
        Esp esp = Objects.requireNonNull(stage.topology().esp());
        int port = Objects.requireNonNull(esp.udpPort());
        EspSender sender = new EspSender(esp.suite(), esp.aToB());
        EchoReplies echo = new EchoReplies();
        long next = BASE;
        waiting(stage, WAITING_BEFORE, port);
        send(
                stage,
                WITHOUT_CHECKSUM,
                datagram(stage, port, sender.protect(next++, EspStimuli.request(stage, echo)))
                        .withChecksum(false));
        send(
                stage,
                WITH_CHECKSUM,
                datagram(stage, port, sender.protect(next++, EspStimuli.request(stage, echo)))
                        .withChecksum(true));
        sendWrongChecksum(
                stage,
                datagram(stage, port, sender.protect(next++, EspStimuli.request(stage, echo)))
                        .withChecksum(true));
        send(
                stage,
                OTHER_PORT,
                datagram(stage, port, sender.protect(next++, EspStimuli.request(stage, echo)))
                        .withSourcePort(port + 1));
        send(
                stage,
                NOT_IN_UDP,
                IpPayload.of(EspSender.PROTOCOL, sender.protect(next++, EspStimuli.request(stage, echo))));
        send(stage, KEEPALIVE, datagram(stage, port, Bytes.of((byte) 0xff)));
        stage.settle();
        waiting(stage, WAITING_AFTER_KEEPALIVE, port);
        Bytes marked = Bytes.join(MARKER, sender.protect(next++, EspStimuli.request(stage, echo)));
        send(stage, MARKED, datagram(stage, port, marked));
        stage.settle();
        waiting(stage, WAITING_AFTER_MARKED, port);
        send(stage, AT_THE_END, datagram(stage, port, sender.protect(next, EspStimuli.request(stage, echo))));
    }

    private static UdpDatagram datagram(Stage stage, int port, Bytes data) {
        return EspStimuli.datagram(stage.topology(), port, data);
    }

    private static void send(Stage stage, String label, IpPayload payload) {
        stage.send(
                label,
                Place.A,
                EspStimuli.between(stage.topology().a().tunnel(), payload)
                        .bytes()
                        .toArray());
    }

    /** The same with one bit of its checksum changed. */
    private static void sendWrongChecksum(Stage stage, UdpDatagram right) {
        Bytes bytes = EspStimuli.between(stage.topology().a().tunnel(), right).bytes();
        int checksum = bytes.length() - right.data().length() - 2;
        Bytes wrong = bytes.with16(checksum, bytes.u16(checksum) ^ 1);
        stage.send(WRONG_CHECKSUM, Place.A, wrong.toArray());
    }

    /** Asks B for its sockets at the port, with what waits there to be read. */
    private static void waiting(Stage stage, String answer, int port) {
        stage.run(answer, Place.B, List.of("ss", "-H", "-u", "-a", "-n", "sport", "=", ":" + port));
    }
}
