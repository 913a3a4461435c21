package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.Inet4Address;
import java.util.List;

/** Outer packets, from the encapsulator that B knows, whose inside is not what it says. */
public final class HostileStimuli {

    /** Payloads too short for a header, headers that lie, and a packet encapsulated twice. */
    public static final String HOSTILE = "hostile";
    /** An IPv6 header behind the protocol number that says IPv4. */
    public static final String OTHER_VERSION = "other-version";

    /** Lengths of the payloads that are too short; {@link #tiny} names them. */
    public static final List<Integer> TINY = List.of(0, 1, 19);

    public static final String BAD_CHECKSUM = "bad-checksum";
    public static final String SHORT_IHL = "short-ihl";
    /** Its total length reaches beyond the data. */
    public static final String BEYOND_DATA = "beyond-data";
    /** Its total length ends before the data: an echo request. */
    public static final String BEFORE_END = "before-end";
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
                        .onlyFor(Topology::takesComposed),
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
                        .onlyFor(Topology::takesComposed));
    }

    /** The label of a payload that is too short. */
    public static String tiny(int length) {
        return "tiny-" + length;
    }

    private static void hostile(Stage stage) {
        Topology topology = stage.topology();
        EchoReplies echo = new EchoReplies();
        for (int length : TINY) {
            send(
                    stage,
                    tiny(length),
                    Encapsulated.by(topology, honest(stage, echo).bytes().slice(0, length)));
        }
        Ipv4Packet inner = honest(stage, echo);
        int checksum = inner.bytes().u16(10);
        send(stage, BAD_CHECKSUM, inner.lie(Ipv4Header.HEADER_CHECKSUM, checksum ^ 0xffff));
        send(stage, SHORT_IHL, honest(stage, echo).lie(Ipv4Header.IHL, 4));
        inner = honest(stage, echo);
        int length = inner.bytes().length();
        send(stage, BEYOND_DATA, inner.lie(Ipv4Header.TOTAL_LENGTH, length + 8));
        Bytes padded = Bytes.join(honest(stage, echo).bytes(), Bytes.of(new byte[8]));
        send(stage, BEFORE_END, Encapsulated.by(topology, padded));
        Ipv4Packet once = outer(topology, Encapsulated.by(topology, honest(stage, echo)));
        send(stage, TWICE, once);
        send(stage, HONEST, honest(stage, echo));
    }

    private static Ipv4Packet honest(Stage stage, EchoReplies echo) {
        Inet4Address a = stage.topology().a().tunnel().address().ipv4();
        Inet4Address b = stage.topology().b().tunnel().address().ipv4();
        return echo.request(a, b);
    }

    private static void send(Stage stage, String label, Ipv4Packet inside) {
        send(stage, label, Encapsulated.by(stage.topology(), inside));
    }

    private static void send(Stage stage, String label, IpPayload inside) {
        stage.send(label, Place.A, outer(stage.topology(), inside).bytes().toArray());
    }

    private static Ipv4Packet outer(Topology topology, IpPayload inside) {
        return Ipv4Packet.between(
                        Ipv4.of(topology.a().tunnel().local()),
                        Ipv4.of(topology.b().tunnel().local()))
                .id(0x7000)
                .payload(inside);
    }
}
