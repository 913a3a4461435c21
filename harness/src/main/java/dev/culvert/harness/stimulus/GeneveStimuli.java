package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetFrame;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.GenevePacket;
import dev.culvert.harness.packet.UdpDatagram;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.GeneveTunnelOption;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Geneve packets that A composes itself, for B to take or refuse. Each carries an echo request, which B answers if it takes it. */
public final class GeneveStimuli {

    /** Headers that differ in one thing from those of A's device. */
    public static final String HEADERS = "geneve-headers";
    /** Datagrams that differ in one thing from those of A's device. */
    public static final String DATAGRAMS = "geneve-datagrams";
    /** Frames that are not as they should be. */
    public static final String FRAMES = "geneve-frames";
    /** A second device of B's, on a port of its own, goes up and down. */
    public static final String SECOND_PORT = "geneve-second-port";

    public static final String OTHER_VNI = "other-vni";
    /** Options that need not be understood. */
    public static final String OPTIONS_TO_SKIP = "options-to-skip";
    /** Options that reach beyond the packet. */
    public static final String OPTIONS_BEYOND = "options-beyond";
    /** An option that must be understood. */
    public static final String CRITICAL = "critical";
    /** The bit that says that there are such options, and none. */
    public static final String CRITICAL_ALONE = "critical-alone";

    public static final String CONTROL = "control";
    public static final String RESERVED_BITS = "reserved-bits";
    public static final String RESERVED_BYTE = "reserved-byte";
    /** A frame around the packet, where the tunnel carries packets alone. */
    public static final String FRAMED = "framed";
    /** An IPv4 packet instead of a frame, and the protocol type that says so. */
    public static final String BARE_IPV4 = "bare-ipv4";

    /** Labels of {@link #DATAGRAMS}. */
    public static final String OTHER_SOURCE_PORT = "other-source-port";
    /** Without a checksum where A's device makes one, and with one where it makes none. */
    public static final String CHECKSUM_OR_NONE = "checksum-or-none";

    public static final String WRONG_CHECKSUM = "wrong-checksum";
    /** From an address that no device has as its remote. */
    public static final String OTHER_SOURCE = "other-source";
    /** A protocol type that nobody knows. */
    public static final String UNKNOWN_TYPE = "unknown-type";
    /** Half a header. */
    public static final String HALF_A_HEADER = "half-a-header";
    /** To a port that nothing listens on. */
    public static final String OTHER_PORT = "other-port";

    /** Labels of {@link #FRAMES}: less than a frame's header; nothing but that; from the address of B's tunnel device. */
    public static final String SHORT = "short";

    public static final String ONLY_HEADER = "only-header";
    public static final String OWN_SOURCE = "own-source";

    /** Labels of {@link #SECOND_PORT}: to its port while the device is down, and while it is up, with another identifier. */
    public static final String DOWN = "down";

    public static final String UP = "up";
    /** Name under which B's attempt to make a device like its own is kept. */
    public static final String SAME_AGAIN = "same-again";
    /** Name under which B's attempt to make one with a remote on the port of its device in external mode is kept. */
    public static final String BESIDE_EXTERNAL = "beside-external";

    /** Versions that nobody knows; {@link #version} names their packets. */
    public static final List<Integer> UNKNOWN_VERSIONS = List.of(1, 2, 3);

    private static final String SECOND_DEVICE = "geneve-2nd";
    private static final int SECOND = 6082;
    private static final int NOBODYS_TYPE = 0x1234;
    private static final String SENDER = "02:00:00:00:00:4a";
    private static final String BROADCAST = "ff:ff:ff:ff:ff:ff";
    private static final int IPV4 = 0x0800;
    private static final int SOURCE_PORT = 50001;
    private static final int C = 0x40;
    private static final int O = 0x80;

    // option class 0xffff is for experiments (RFC 8926 section 7), type 1, one word of data
    private static final Bytes TO_SKIP = Bytes.parse("ff ff 01 01 0b ad ca fe");
    // the same with type 0x81, whose first bit makes it critical (RFC 8926 section 3.5)
    private static final Bytes TO_UNDERSTAND = Bytes.parse("ff ff 81 01 0b ad ca fe");

    private GeneveStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                of(HEADERS, "A composes Geneve headers that differ from those of its device", GeneveStimuli::headers),
                of(
                        DATAGRAMS,
                        "A composes Geneve datagrams that differ from those of its device",
                        GeneveStimuli::datagrams),
                of(
                                FRAMES,
                                "A composes Geneve packets with frames that are too short, or B's own",
                                GeneveStimuli::frames)
                        .onlyFor(Topology::carriesFrames),
                of(
                                SECOND_PORT,
                                "a second Geneve device of B's goes up and down on a port of its own",
                                GeneveStimuli::second)
                        .onlyFor(Topology::carriesFrames));
    }

    private static Stimulus of(String id, String purpose, Consumer<Stage> action) {
        return Stimulus.of(id, purpose, action)
                .onlyFor(topology -> topology.kind().option("dstport").isPresent());
    }

    /** The label of a packet of that version. */
    public static String version(int version) {
        return "version-" + version;
    }

    private static void headers(Stage stage) {
        EchoReplies echo = new EchoReplies();
        send(stage, PositiveControl.AS_IT_SHOULD_BE, right(stage, echo));
        GenevePacket other = right(stage, echo);
        send(stage, OTHER_VNI, other.withVni(other.vni() ^ 1));
        for (int version : UNKNOWN_VERSIONS) {
            send(stage, version(version), right(stage, echo).withFirstByte(version << 6));
        }
        send(stage, OPTIONS_TO_SKIP, right(stage, echo).withOptions(TO_SKIP));
        send(stage, OPTIONS_BEYOND, right(stage, echo).withFirstByte(0x3f));
        send(stage, CRITICAL, right(stage, echo).withOptions(TO_UNDERSTAND).withSecondByte(C));
        send(stage, CRITICAL_ALONE, right(stage, echo).withSecondByte(C));
        send(stage, CONTROL, right(stage, echo).withSecondByte(O));
        send(stage, RESERVED_BITS, right(stage, echo).withSecondByte(0x3f));
        send(stage, RESERVED_BYTE, right(stage, echo).withLastByte(0xff));
        Bytes packet = UdpStimuli.request(stage, echo).bytes();
        if (stage.topology().carriesFrames()) {
            send(stage, BARE_IPV4, over(stage, packet).withProtocolType(IPV4));
        } else {
            // To all: whose address the device would take for its own, nobody is told.
            send(
                    stage,
                    FRAMED,
                    over(
                            stage,
                            new EthernetFrame(
                                            SENDER,
                                            BROADCAST,
                                            stage.topology()
                                                    .innerFamily()
                                                    .carried()
                                                    .etherType(),
                                            packet)
                                    .bytes()));
        }
    }

    private static void datagrams(Stage stage) {
        EchoReplies echo = new EchoReplies();
        Stranger.join(stage);
        UdpStimuli.send(stage, PositiveControl.AS_IT_SHOULD_BE, datagram(stage, right(stage, echo)));
        UdpStimuli.send(
                stage, OTHER_SOURCE_PORT, datagram(stage, right(stage, echo)).withSourcePort(SOURCE_PORT));
        UdpDatagram summed = datagram(stage, right(stage, echo));
        UdpStimuli.send(stage, CHECKSUM_OR_NONE, summed.withChecksum(!summed.checksum()));
        UdpStimuli.send(stage, WRONG_CHECKSUM, UdpStimuli.wrong(stage.topology(), datagram(stage, right(stage, echo))));
        UdpStimuli.sendFrom(
                stage, OTHER_SOURCE, Stranger.address(stage.topology()), datagram(stage, right(stage, echo)));
        send(stage, UNKNOWN_TYPE, right(stage, echo).withProtocolType(NOBODYS_TYPE));
        UdpDatagram half = datagram(stage, right(stage, echo));
        UdpStimuli.send(stage, HALF_A_HEADER, half.withData(half.data().slice(0, 4)));
        UdpStimuli.send(stage, OTHER_PORT, toPort(stage, right(stage, echo), UdpStimuli.NOBODYS_PORT));
    }

    private static void frames(Stage stage) {
        EchoReplies echo = new EchoReplies();
        GenevePacket packet = right(stage, echo);
        send(stage, SHORT, packet.withCarried(packet.carried().slice(0, EthernetHeader.LENGTH - 1)));
        send(stage, ONLY_HEADER, packet.withCarried(packet.carried().slice(0, EthernetHeader.LENGTH)));
        GenevePacket own = right(stage, echo);
        String source = Objects.requireNonNull(stage.topology().b().tunnel().mac());
        String destination = Objects.requireNonNull(stage.topology().b().innerMac());
        Bytes inner = own.carried().from(EthernetHeader.LENGTH);
        send(
                stage,
                OWN_SOURCE,
                own.withCarried(EthernetFrame.ipv4(source, destination, inner).bytes()));
        send(stage, PositiveControl.AS_IT_SHOULD_BE, right(stage, echo));
    }

    private static void second(Stage stage) {
        EchoReplies echo = new EchoReplies();
        TunnelEnd end = stage.topology().b().tunnel();
        stage.run(SAME_AGAIN, Place.B, stage.topology().kind().addDevice(again(end, end.options())));
        if (end.external()) {
            Map<String, String> own = new LinkedHashMap<>(end.options().given());
            own.keySet().removeAll(List.of("external", "geneve_opts"));
            stage.run(
                    BESIDE_EXTERNAL,
                    Place.B,
                    stage.topology()
                            .kind()
                            .addDevice(again(end, Options.of(stage.topology().kind(), own))));
        }
        List<String> second = new ArrayList<>(add(end));
        second.addAll(List.of("id", "1", "dstport", String.valueOf(SECOND)));
        stage.run("second-made", Place.B, second);
        stage.afterwards(Place.B, List.of("ip", "link", "del", SECOND_DEVICE));
        UdpStimuli.send(stage, DOWN, toPort(stage, right(stage, echo).withVni(2), SECOND));
        stage.settle();
        stage.run("second-up", Place.B, List.of("ip", "link", "set", SECOND_DEVICE, "up"));
        UdpStimuli.send(stage, UP, toPort(stage, right(stage, echo).withVni(2), SECOND));
        send(stage, PositiveControl.AS_IT_SHOULD_BE, right(stage, echo));
    }

    private static TunnelEnd again(TunnelEnd end, Options options) {
        return new TunnelEnd(SECOND_DEVICE, end.local(), end.remote(), end.address(), null, options);
    }

    private static List<String> add(TunnelEnd end) {
        return List.of("ip", "link", "add", SECOND_DEVICE, "type", "geneve", "remote", IpAddress.text(end.remote()));
    }

    /** An echo request behind the header that A's device would put before it. */
    private static GenevePacket right(Stage stage, EchoReplies echo) {
        Topology topology = stage.topology();
        Bytes packet = UdpStimuli.request(stage, echo).bytes();
        return topology.carriesFrames()
                ? over(stage, Encapsulated.frame(topology, packet))
                : over(stage, packet)
                        .withProtocolType(topology.innerFamily().carried().etherType());
    }

    private static GenevePacket over(Stage stage, Bytes frame) {
        Topology topology = stage.topology();
        byte[] options = GeneveTunnelOption.bytes(
                GeneveTunnelOption.of(topology.a().tunnel().options()));
        return GenevePacket.over(Integer.parseInt(option(topology, "id")), frame)
                .withOptions(Bytes.of(options));
    }

    private static void send(Stage stage, String label, GenevePacket packet) {
        UdpStimuli.send(stage, label, datagram(stage, packet));
    }

    private static UdpDatagram datagram(Stage stage, GenevePacket packet) {
        Topology topology = stage.topology();
        return new UdpDatagram(
                SOURCE_PORT - 1,
                Integer.parseInt(option(topology, "dstport")),
                packet.bytes(),
                topology.outerFamily() == Family.IPV4
                        ? Boolean.parseBoolean(option(topology, "udpcsum"))
                        : !Boolean.parseBoolean(option(topology, "udp6zerocsumtx")));
    }

    /** With a checksum, without which nobody is told over IPv6 that a port is closed ({@code __udp6_lib_rcv}). */
    private static UdpDatagram toPort(Stage stage, GenevePacket packet, int port) {
        return datagram(stage, packet).withDestinationPort(port).withChecksum(true);
    }

    private static String option(Topology topology, String name) {
        Options options = topology.a().tunnel().options();
        return Objects.requireNonNull(options.asWords().get(name), name);
    }
}
