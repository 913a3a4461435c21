package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.packet.Ipv6Packet;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Outer packets, from the encapsulator that B knows, whose inside is not what it says. */
public final class HostileStimuli {

    /** Payloads too short for a header, headers that lie, and a packet encapsulated twice. */
    public static final String HOSTILE = "hostile";
    /** An IPv6 header behind the protocol number that says IPv4. */
    public static final String OTHER_VERSION = "other-version";

    /** Of IPv4. */
    public static final String BAD_CHECKSUM = "bad-checksum";
    /** Of IPv4. */
    public static final String SHORT_IHL = "short-ihl";
    /** A header of IPv6 whose first bits say version 4. */
    public static final String BAD_VERSION = "bad-version";
    /** Its length reaches beyond the data. */
    public static final String BEYOND_DATA = "beyond-data";
    /** Its length ends before the data: an echo request. */
    public static final String BEFORE_END = "before-end";
    /** From ::1. */
    public static final String FROM_LOOPBACK = "from-loopback";
    /** To ::1. */
    public static final String TO_LOOPBACK = "to-loopback";
    /** From ff0e::1. */
    public static final String FROM_MULTICAST = "from-multicast";
    /** From :: to the host behind B. */
    public static final String FROM_UNSPECIFIED = "from-unspecified";
    /** An echo reply to the host behind B, as it should be; of IPv6. */
    public static final String TO_J = "to-j";
    /** An echo request encapsulated twice for the same tunnel. */
    public static final String TWICE = "twice";
    /** An IPv6 packet. */
    public static final String IPV6 = "ipv6";
    /** An echo request that is as it should be. */
    public static final String HONEST = "honest";

    private HostileStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(
                                HOSTILE,
                                "A composes outer packets whose inside lies or is too short",
                                HostileStimuli::hostile)
                        .onlyFor(t -> t.takesComposed() && (t.outerFamily() == Family.IPV6 || !t.usesIpv6())),
                Stimulus.of(
                                OTHER_VERSION,
                                "A composes an outer packet with the protocol number of IPv4 and IPv6 inside",
                                stage -> {
                                    // version 6, no payload, next header 59 "none", hop limit 64 (RFC 8200 section 3)
                                    Bytes ipv6 =
                                            Bytes.join(Bytes.parse("60 00 00 00 00 00 3b 40"), Bytes.of(new byte[32]));
                                    send(stage, IPV6, Encapsulated.by(stage.topology(), ipv6));
                                    send(stage, HONEST, honest(stage, new EchoReplies()));
                                })
                        .onlyFor(t -> t.takesComposed() && !t.usesIpv6()));
    }

    /** Lengths of the payloads that are too short for the inner header; {@link #tiny(int)} names them. */
    public static List<Integer> tiny(Topology topology) {
        return List.of(0, 1, topology.innerFamily().headerLength() - 1);
    }

    /** The label of a payload that is too short. */
    public static String tiny(int length) {
        return "tiny-" + length;
    }

    /** The labels of the packets whose inner header lies. */
    public static List<String> lies(Topology topology) {
        return topology.innerFamily() == Family.IPV4
                ? List.of(BAD_CHECKSUM, SHORT_IHL, BEYOND_DATA, BEFORE_END)
                : List.of(BAD_VERSION, BEYOND_DATA, BEFORE_END);
    }

    /** The labels of the packets that no link may carry, IPv6 all of them. */
    public static List<String> martians(Topology topology) {
        return topology.innerFamily() == Family.IPV4 ? List.of() : List.of(FROM_LOOPBACK, TO_LOOPBACK, FROM_MULTICAST);
    }

    /** The labels of the packets that no router may forward, IPv6 all of them. */
    public static List<String> staying(Topology topology) {
        return topology.innerFamily() == Family.IPV4 || topology.b().lan() == null
                ? List.of()
                : List.of(FROM_UNSPECIFIED);
    }

    /** The labels of the packets that B's device takes and that are in no other packet. */
    public static List<String> taken(Topology topology) {
        List<String> taken = new ArrayList<>(lies(topology));
        taken.addAll(martians(topology));
        taken.addAll(staying(topology));
        if (!staying(topology).isEmpty()) {
            taken.add(TO_J);
        }
        taken.add(HONEST);
        return List.copyOf(taken);
    }

    /** Whether {@link #TWICE} is sent: what comes out of the tunnel can enter it again. */
    public static boolean nests(Topology topology) {
        return topology.innerFamily() == topology.outerFamily();
    }

    private static void hostile(Stage stage) {
        Topology topology = stage.topology();
        EchoReplies echo = new EchoReplies();
        for (int length : tiny(topology)) {
            send(
                    stage,
                    tiny(length),
                    Encapsulated.by(topology, honest(stage, echo).bytes().slice(0, length)));
        }
        if (topology.innerFamily() == Family.IPV4) {
            ipv4(stage, echo);
        } else {
            ipv6(stage, echo);
        }
        Bytes padded = Bytes.join(honest(stage, echo).bytes(), Bytes.of(new byte[8]));
        send(stage, BEFORE_END, Encapsulated.by(topology, padded));
        if (nests(topology)) {
            IpPayload once = Encapsulated.by(topology, honest(stage, echo));
            send(stage, TWICE, Encapsulated.labelled(topology, TWICE, once));
        }
        send(stage, HONEST, honest(stage, echo));
    }

    private static void ipv4(Stage stage, EchoReplies echo) {
        Ipv4Packet inner = (Ipv4Packet) honest(stage, echo);
        int checksum = inner.bytes().u16(10);
        send(stage, BAD_CHECKSUM, inner.lie(Ipv4Header.HEADER_CHECKSUM, checksum ^ 0xffff));
        send(stage, SHORT_IHL, ((Ipv4Packet) honest(stage, echo)).lie(Ipv4Header.IHL, 4));
        inner = (Ipv4Packet) honest(stage, echo);
        int length = inner.bytes().length();
        send(stage, BEYOND_DATA, inner.lie(Ipv4Header.TOTAL_LENGTH, length + 8));
    }

    private static void ipv6(Stage stage, EchoReplies echo) {
        send(stage, BAD_VERSION, ((Ipv6Packet) honest(stage, echo)).lie(Ipv6Header.VERSION, 4));
        Ipv6Packet inner = (Ipv6Packet) honest(stage, echo);
        int payload = inner.bytes().length() - Ipv6Header.LENGTH;
        send(stage, BEYOND_DATA, inner.lie(Ipv6Header.PAYLOAD_LENGTH, payload + 8));
        InetAddress a = stage.topology().a().tunnel().address().address();
        InetAddress b = stage.topology().b().tunnel().address().address();
        send(stage, FROM_LOOPBACK, echo.request(parsed("::1"), b));
        send(stage, TO_LOOPBACK, echo.request(a, parsed("::1")));
        send(stage, FROM_MULTICAST, echo.request(parsed("ff0e::1"), b));
        if (stage.topology().b().lan() != null) {
            InetAddress j = stage.topology().b().lan().host().address().address();
            send(stage, FROM_UNSPECIFIED, echo.request(parsed("::"), j));
            send(stage, TO_J, echo.next(a, j));
        }
    }

    private static InetAddress parsed(String address) {
        return Ipv6.parse(address).orElseThrow();
    }

    private static IpPacket honest(Stage stage, EchoReplies echo) {
        InetAddress a = stage.topology().a().tunnel().address().address();
        InetAddress b = stage.topology().b().tunnel().address().address();
        return echo.request(a, b);
    }

    private static void send(Stage stage, String label, IpPacket inside) {
        send(stage, label, Encapsulated.by(stage.topology(), inside));
    }

    private static void send(Stage stage, String label, IpPayload inside) {
        stage.send(
                label,
                Place.A,
                Encapsulated.labelled(stage.topology(), label, inside).bytes().toArray());
    }
}
