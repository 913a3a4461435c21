package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.GuePacket;
import dev.culvert.harness.packet.InternetChecksum;
import dev.culvert.harness.packet.UdpDatagram;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.UdpEncapsulation.Header;
import java.nio.ByteBuffer;
import java.util.List;

/** GUE headers that A composes itself, for B to take or refuse, each with an echo request; and one that A's device makes of a checksum left open. */
public final class GueStimuli {

    /** Headers that differ in one thing from those of A's device. */
    public static final String HEADERS = "gue-headers";
    /** A datagram of A's own, whose checksum is left to the device. */
    public static final String OPEN_CHECKSUM = "gue-open-checksum";

    /** No header, the datagram begins with an IPv4 packet. */
    public static final String DIRECT = "direct";
    /** Version 1 by its first bits, and an IP version that nobody knows. */
    public static final String DIRECT_UNKNOWN = "direct-unknown";

    public static final String CONTROL = "control";
    /** An optional field that no flag announces. */
    public static final String MORE_THAN_NEEDED = "more-than-needed";
    /** {@code hlen} goes beyond the packet. */
    public static final String BEYOND_PACKET = "beyond-packet";
    /** The flags announce a field for which {@code hlen} has no room. */
    public static final String LESS_THAN_NEEDED = "less-than-needed";

    public static final String NO_PRIVATE_FLAG = "no-private-flag";
    public static final String UNKNOWN_PRIVATE_FLAG = "unknown-private-flag";
    public static final String NO_PROTOCOL = "no-protocol";
    public static final String UNKNOWN_PROTOCOL = "unknown-protocol";
    /** The ICMP checksum is left for B to put in. */
    public static final String REMOTE_CHECKSUM = "remote-checksum";

    /** Versions that nobody knows; {@link #version} names their packets. */
    public static final List<Integer> UNKNOWN_VERSIONS = List.of(2, 3);
    /** Flags that nobody knows; {@link #flags} names their packets. */
    public static final List<Integer> UNKNOWN_FLAGS = List.of(0x8000, 0x0100, 0x0002);

    /** Destination port of the datagram of {@link #OPEN_CHECKSUM}; nothing listens there. */
    public static final int PORT = UdpStimuli.NOBODYS_PORT;

    /** The ICMP message of an echo request with as many bytes of data as ping sends. */
    private static final int ECHO_REQUEST = 64;

    private static final int ICMPV6 = 58;
    private static final int ICMP_CHECKSUM = 2;
    /** RFC 3692 section 2.1: for experiments. */
    private static final int EXPERIMENTAL = 253;

    private static final int PRIVATE = 0x0001;
    private static final int PRIVATE_REMOTE_CHECKSUM = 0x8000_0000;

    private GueStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(HEADERS, "A composes GUE headers that differ from those of its device", GueStimuli::headers)
                        .onlyFor(topology -> isGue(topology) && topology.takesComposed()),
                Stimulus.of(
                                OPEN_CHECKSUM,
                                "A sends a datagram whose checksum is left to the tunnel device",
                                GueStimuli::openChecksum)
                        .onlyFor(topology -> topology.udpEncapsulation()
                                .filter(UdpEncapsulation::remoteChecksum)
                                .isPresent()));
    }

    /** The label of a packet of that version. */
    public static String version(int version) {
        return "version-" + version;
    }

    /** The label of a packet with those flags. */
    public static String flags(int flags) {
        return String.format("flags-%04x", flags);
    }

    private static boolean isGue(Topology topology) {
        return topology.udpEncapsulation()
                .filter(encapsulation -> encapsulation.header() == Header.GUE)
                .isPresent();
    }

    private static void headers(Stage stage) {
        EchoReplies echo = new EchoReplies();
        send(stage, PositiveControl.AS_IT_SHOULD_BE, right(stage, echo));
        for (int version : UNKNOWN_VERSIONS) {
            send(stage, version(version), right(stage, echo).withFirstByte(version << 6));
        }
        sendBehindUdp(stage, DIRECT, UdpStimuli.request(stage, echo).bytes());
        Bytes packet = UdpStimuli.request(stage, echo).bytes();
        sendBehindUdp(stage, DIRECT_UNKNOWN, packet.with(0, 0x50 | (packet.u8(0) & 0xf)));
        send(stage, CONTROL, right(stage, echo).withFirstByte(0x20));
        for (int flags : UNKNOWN_FLAGS) {
            send(stage, flags(flags), right(stage, echo).withFlags(flags));
        }
        GuePacket oneWord = right(stage, echo).withFirstByte(1);
        send(stage, MORE_THAN_NEEDED, oneWord.withOptional(word(0x0bad_cafe)));
        send(stage, BEYOND_PACKET, right(stage, echo).withFirstByte(0x1f));
        send(stage, LESS_THAN_NEEDED, right(stage, echo).withFlags(PRIVATE));
        send(stage, NO_PRIVATE_FLAG, withPrivateFlags(right(stage, echo), 0));
        send(stage, UNKNOWN_PRIVATE_FLAG, withPrivateFlags(right(stage, echo), PRIVATE_REMOTE_CHECKSUM >>> 1));
        send(stage, NO_PROTOCOL, right(stage, echo).withProto(0));
        send(stage, UNKNOWN_PROTOCOL, right(stage, echo).withProto(EXPERIMENTAL));
        send(stage, REMOTE_CHECKSUM, withOpenChecksum(right(stage, echo), stage.topology()));
    }

    private static GuePacket withPrivateFlags(GuePacket packet, int flags) {
        return packet.withFirstByte(1).withFlags(PRIVATE).withOptional(word(flags));
    }

    /** What its sender leaves of the checksum is that of the pseudo header: ICMP has none, and ICMPv6 has that of RFC 8200 section 8.1. */
    private static GuePacket withOpenChecksum(GuePacket packet, Topology topology) {
        Bytes carried = packet.carried();
        int icmp = carried.length() - ECHO_REQUEST;
        int left = topology.innerFamily() == Family.IPV4
                ? 0
                : 0xffff
                        ^ new InternetChecksum()
                                .addPseudoHeader(
                                        topology.a().tunnel().address().address(),
                                        topology.b().tunnel().address().address(),
                                        ICMPV6,
                                        ECHO_REQUEST)
                                .value();
        return new GuePacket(
                2,
                packet.proto(),
                PRIVATE,
                Bytes.join(word(PRIVATE_REMOTE_CHECKSUM), word(icmp << 16 | icmp + ICMP_CHECKSUM)),
                carried.with16(icmp + ICMP_CHECKSUM, left));
    }

    private static Bytes word(int word) {
        return Bytes.of(ByteBuffer.allocate(4).putInt(word).array());
    }

    private static void openChecksum(Stage stage) {
        String device = stage.topology().a().tunnel().device();
        String to = stage.topology().b().tunnel().address().host();
        stage.afterwards(Place.A, List.of("ethtool", "-K", device, "tx", "off"));
        stage.run("offload", Place.A, List.of("ethtool", "-K", device, "tx", "on"));
        stage.run("sent", Place.A, List.of("bash", "-c", "printf opened >/dev/udp/" + to + "/" + PORT));
    }

    private static GuePacket right(Stage stage, EchoReplies echo) {
        Topology topology = stage.topology();
        return GuePacket.over(
                Encapsulated.protocol(topology),
                Encapsulated.made(topology, UdpStimuli.request(stage, echo).bytes()));
    }

    private static void send(Stage stage, String label, GuePacket packet) {
        sendBehindUdp(stage, label, packet.bytes());
    }

    private static void sendBehindUdp(Stage stage, String label, Bytes data) {
        UdpDatagram like = UdpStimuli.right(stage, new EchoReplies());
        UdpStimuli.send(stage, label, like.withData(data));
    }
}
