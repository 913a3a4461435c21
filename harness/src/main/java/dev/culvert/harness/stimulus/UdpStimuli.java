package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.UdpDatagram;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.UdpListener;
import dev.culvert.topologies.plan.Change;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** What the UDP header of FOU and GUE depends on, and datagrams that A composes itself for B's port to take or refuse. */
public final class UdpStimuli {

    /** {@value #FLOWS} flows of {@value #OF_EACH} packets through A's device; {@link #flow} names them. */
    public static final String SEVERAL_FLOWS = "udp-flows";
    /** Datagrams that differ in one thing from those of A's device, each with an echo request. */
    public static final String COMPOSED = "udp-composed";
    /** A sends through its device while B's port is closed. */
    public static final String NO_LISTENER = "udp-no-listener";

    public static final int FLOWS = 20;
    public static final int OF_EACH = 2;

    /** Labels of {@link #COMPOSED}, beside that of the positive control. */
    public static final String OTHER_SOURCE_PORT = "other-source-port";
    /** Without a checksum where A's device makes one, and with one where it makes none. */
    public static final String CHECKSUM_OR_NONE = "checksum-or-none";

    public static final String WRONG_CHECKSUM = "wrong-checksum";
    /** To a port that nothing listens on. */
    public static final String OTHER_PORT = "other-port";
    /** What the kind makes, right behind the outer header. */
    public static final String NOT_IN_UDP = "not-in-udp";
    /** A datagram of the outer header and UDP's alone. */
    public static final String EMPTY = "empty";
    /** A GRE header where the port is for IPv4, and an IPv4 header where it is for GRE. */
    public static final String OTHER_INSIDE = "other-inside";

    /** Labels of {@link #NO_LISTENER}: the packet while B's port is closed, and the one after it is open again. */
    public static final String CLOSED = "closed";

    public static final String OPEN_AGAIN = "open-again";

    /** "Discard", which nothing does on a server. */
    public static final int NOBODYS_PORT = 9;

    private static final int SOURCE_PORT = 50001;
    private static final int FIRST_OF_FLOWS = 1001;

    private UdpStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(SEVERAL_FLOWS, "A sends packets of several flows through the tunnel", UdpStimuli::flows)
                        .onlyFor(topology -> isInUdp(topology)
                                || topology.outerProtocol(topology.carriedAs(
                                                topology.innerFamily().carried()))
                                        == UdpEncapsulation.PROTOCOL),
                Stimulus.of(
                                COMPOSED,
                                "A composes UDP datagrams that differ from those of its device",
                                UdpStimuli::composed)
                        .onlyFor(topology -> isInUdp(topology) && topology.takesComposed()),
                Stimulus.of(
                                NO_LISTENER,
                                "A sends through the tunnel while nothing listens on B's port",
                                UdpStimuli::closed)
                        .onlyFor(UdpStimuli::isInUdp));
    }

    /** The label of the nth packet of a flow, both from 1. */
    public static String flow(int flow, int n) {
        return "flow-" + flow + "-packet-" + n;
    }

    private static boolean isInUdp(Topology topology) {
        return topology.udpEncapsulation().isPresent();
    }

    /** The packets of a flow differ in length. */
    private static void flows(Stage stage) {
        InetAddress a = stage.topology().a().tunnel().address().address();
        InetAddress b = stage.topology().b().tunnel().address().address();
        for (int flow = 1; flow <= FLOWS; flow++) {
            for (int n = 1; n <= OF_EACH; n++) {
                UdpDatagram datagram = new UdpDatagram(FIRST_OF_FLOWS + flow, NOBODYS_PORT, Bytes.of(new byte[n]));
                stage.send(
                        flow(flow, n),
                        Place.A,
                        IpPacket.between(a, b).payload(datagram).bytes().toArray());
            }
        }
    }

    private static void composed(Stage stage) {
        Topology topology = stage.topology();
        EchoReplies echo = new EchoReplies();
        send(stage, PositiveControl.AS_IT_SHOULD_BE, right(stage, echo));
        send(stage, OTHER_SOURCE_PORT, right(stage, echo).withSourcePort(SOURCE_PORT));
        UdpDatagram summed = right(stage, echo);
        send(stage, CHECKSUM_OR_NONE, summed.withChecksum(!summed.checksum()));
        send(stage, WRONG_CHECKSUM, wrong(topology, right(stage, echo)));
        send(stage, OTHER_PORT, right(stage, echo).withDestinationPort(NOBODYS_PORT));
        Bytes made = Encapsulated.made(topology, request(stage, echo).bytes());
        send(stage, NOT_IN_UDP, IpPayload.of(Encapsulated.protocol(topology), made));
        send(stage, EMPTY, right(stage, echo).withData(Bytes.of()));
        Bytes inner = request(stage, echo).bytes();
        boolean own = Encapsulated.made(topology, inner).length() > inner.length();
        Bytes other = own ? inner : Bytes.join(gre(topology), inner);
        send(stage, OTHER_INSIDE, right(stage, echo).withData(other));
    }

    /** RFC 2784 section 2: a header without optional fields. */
    private static Bytes gre(Topology topology) {
        int type = topology.innerFamily().carried().etherType();
        return Bytes.of(ByteBuffer.allocate(4).putShort(2, (short) type).array());
    }

    /** The same datagram with a checksum that is neither right nor 0. */
    static IpPayload wrong(Topology topology, UdpDatagram datagram) {
        TunnelEnd end = topology.a().tunnel();
        Bytes right = datagram.withChecksum(true).bytes(end.local(), end.remote());
        return IpPayload.of(datagram.protocolNumber(), right.with16(6, right.u16(6) == 0x1111 ? 0x2222 : 0x1111));
    }

    private static void closed(Stage stage) {
        UdpListener listener = stage.topology().udpListener(Place.B).orElseThrow();
        EchoReplies echo = new EchoReplies();
        stage.run("port-closed", Place.B, new Change.DeleteUdpListener(listener).argv());
        stage.send(CLOSED, Place.A, request(stage, echo).bytes().toArray());
        stage.settle();
        stage.run("port-open", Place.B, new Change.AddUdpListener(listener).argv());
        stage.send(OPEN_AGAIN, Place.A, request(stage, echo).bytes().toArray());
    }

    /** An echo request within the datagram that A's device would put it in. */
    static UdpDatagram right(Stage stage, EchoReplies echo) {
        return Encapsulated.inUdp(stage.topology(), request(stage, echo));
    }

    static IpPacket request(Stage stage, EchoReplies echo) {
        return echo.request(
                stage.topology().a().tunnel().address().address(),
                stage.topology().b().tunnel().address().address());
    }

    /** Sends a packet from A's end to B's that the label tells from others also on the outside. */
    static void send(Stage stage, String label, IpPayload payload) {
        stage.send(
                label,
                Place.A,
                Encapsulated.labelled(stage.topology(), label, payload).bytes().toArray());
    }

    /** Sends a packet from another address than that of A's end to B's. */
    static void sendFrom(Stage stage, String label, InetAddress source, IpPayload payload) {
        InetAddress remote = stage.topology().a().tunnel().remote();
        IpPacket packet = IpPacket.between(source, remote).payload(payload);
        stage.send(label, Place.A, packet.bytes().toArray());
    }
}
