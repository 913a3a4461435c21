package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.util.List;

/** Encapsulated packets that reach server B as two fragments of the outer packet. */
public final class OuterFragmentStimuli {

    /**
     * Three packets, {@code in-order}, {@code reversed} and {@code overlapping}; the fragment that begins each is labelled
     * {@code -head}, the other {@code -tail}.
     */
    public static final String OUTER_FRAGMENTS = "outer-fragments";

    /** Where the tail starts at least, in bytes of the outer payload. */
    private static final int CUT = 48;

    private static final int MARK = 8;

    /** How far the head of the overlapping pair reaches into its tail; fragments count in units of 8 bytes. */
    private static final int OVERLAP = 8;

    private OuterFragmentStimuli() {}

    public static List<Stimulus> all() {
        return List.of(Stimulus.of(
                        OUTER_FRAGMENTS,
                        "A sends B encapsulated packets in outer fragments: in order, reversed, overlapping",
                        OuterFragmentStimuli::sendFragments)
                .onlyFor(t -> t.mpls() == null && t.takesComposed()));
    }

    private static void sendFragments(Stage stage) {
        EchoRequests echo = new EchoRequests();
        int cut = cut(stage.topology());
        IpPayload inOrder = carried(stage.topology(), echo);
        send(stage, "in-order-head", head(outer(stage, 1), inOrder, cut));
        send(stage, "in-order-tail", tail(outer(stage, 1), inOrder, cut));
        IpPayload reversed = carried(stage.topology(), echo);
        send(stage, "reversed-tail", tail(outer(stage, 2), reversed, cut));
        send(stage, "reversed-head", head(outer(stage, 2), reversed, cut));
        IpPayload overlapping = carried(stage.topology(), echo);
        send(stage, "overlapping-head", head(outer(stage, 3), overlapping, cut + OVERLAP));
        // Last: what came after it would start a new reassembly, which lives 30 s (net.ipv4.ipfrag_time).
        send(stage, "overlapping-tail", tail(outer(stage, 3), overlapping, cut));
    }

    /** Behind the first {@value #MARK} bytes of what the inner header carries, by which it is known, or further; fragments count in units of 8 bytes. */
    private static int cut(Topology topology) {
        int inner = topology.innerFamily() == Family.IPV4 ? Ipv4Header.MIN_LENGTH : Ipv6Header.LENGTH;
        int whole = topology.overhead() - Ipv4Header.MIN_LENGTH + inner + MARK;
        return Math.max(CUT, (whole + 7) / 8 * 8);
    }

    /** What the two fragments of one outer packet carry. */
    private static IpPayload carried(Topology topology, EchoRequests echo) {
        return Encapsulated.by(
                topology,
                echo.next(
                        topology.a().tunnel().address().address(),
                        topology.b().tunnel().address().address()));
    }

    /** What the fragments of one outer packet share. */
    private static Ipv4Packet outer(Stage stage, int number) {
        TunnelEnd entry = stage.topology().a().tunnel();
        return Ipv4Packet.between(Ipv4.of(entry.local()), Ipv4.of(entry.remote()))
                .id(0x6600 + number);
    }

    private static Ipv4Packet head(Ipv4Packet outer, IpPayload carried, int length) {
        return outer.payload(part(outer, carried, 0, length)).moreFragments();
    }

    private static Ipv4Packet tail(Ipv4Packet outer, IpPayload carried, int cut) {
        return outer.payload(part(outer, carried, cut, Integer.MAX_VALUE)).fragmentOffset(cut);
    }

    private static IpPayload part(Ipv4Packet outer, IpPayload carried, int from, int to) {
        Bytes whole = carried.bytes(outer.source(), outer.destination());
        return IpPayload.of(carried.protocolNumber(), whole.slice(from, Math.min(to, whole.length()) - from));
    }

    private static void send(Stage stage, String label, Ipv4Packet packet) {
        stage.send(label, Place.A, packet.bytes().toArray());
    }
}
