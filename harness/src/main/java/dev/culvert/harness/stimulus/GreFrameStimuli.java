package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.GrePacket;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.util.List;
import java.util.Objects;

/** GRE packets that A composes with frames too short for what they say, and with no frame at all. */
public final class GreFrameStimuli {

    /** The one stimulus of this kind. */
    public static final String COMPOSED = "gre-frames";

    /** Lengths in bytes of frames that are too short for an Ethernet header; {@link #cut} names them. */
    public static final List<Integer> CUT = List.of(8, 13);
    /** Lengths in bytes of the IPv4 packets in frames that are too short for an IPv4 header; {@link #cutIpv4} names them. */
    public static final List<Integer> CUT_IPV4 = List.of(0, 19);

    /** A frame that is nothing but a header, of a type that nobody knows. */
    public static final String ONLY_HEADER = "only-header";
    /** An IPv4 packet without a frame around it, and the protocol type that says so. */
    public static final String BARE_IPV4 = "bare-ipv4";

    private static final int IPV4 = 0x0800;

    private GreFrameStimuli() {}

    public static List<Stimulus> all() {
        return List.of(Stimulus.of(
                        COMPOSED,
                        "A composes GRE packets with frames that are too short, and with none",
                        GreFrameStimuli::composed)
                .onlyFor(topology ->
                        GreStimuli.isGre(topology) && topology.carriesFrames() && topology.takesComposed()));
    }

    /** The label of a frame of that many bytes. */
    public static String cut(int length) {
        return "frame-" + length;
    }

    /** The label of a frame with that many bytes of an IPv4 packet. */
    public static String cutIpv4(int length) {
        return "ipv4-" + length;
    }

    private static void composed(Stage stage) {
        EchoReplies echo = new EchoReplies();
        for (int length : CUT) {
            GrePacket packet = GreStimuli.right(stage, echo);
            GreStimuli.send(
                    stage, cut(length), packet.withCarried(packet.carried().slice(0, length)));
        }
        for (int length : CUT_IPV4) {
            GrePacket packet = GreStimuli.right(stage, echo);
            Bytes frame = packet.carried().slice(0, EthernetHeader.LENGTH + length);
            GreStimuli.send(stage, cutIpv4(length), packet.withCarried(frame));
        }
        GreStimuli.send(stage, ONLY_HEADER, GreStimuli.right(stage, echo).withCarried(header(stage.topology())));
        GrePacket packet = GreStimuli.right(stage, echo);
        GreStimuli.send(
                stage,
                BARE_IPV4,
                packet.withProtocolType(IPV4).withCarried(packet.carried().from(EthernetHeader.LENGTH)));
        GreStimuli.send(stage, PositiveControl.AS_IT_SHOULD_BE, GreStimuli.right(stage, echo));
    }

    private static Bytes header(Topology topology) {
        return new MarkedFrame(mac(topology.a().tunnel()), mac(topology.b().tunnel()))
                .plain(ONLY_HEADER, 1)
                .slice(0, EthernetHeader.LENGTH);
    }

    private static String mac(TunnelEnd end) {
        return Objects.requireNonNull(end.mac());
    }
}
