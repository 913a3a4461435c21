package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.Ipv6Extension;
import dev.culvert.harness.packet.Ipv6Packet;
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

    private static final int IDENTIFICATION = 0x6600;

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
        head(stage, "in-order", 1, inOrder, cut);
        tail(stage, "in-order", 1, inOrder, cut);
        IpPayload reversed = carried(stage.topology(), echo);
        tail(stage, "reversed", 2, reversed, cut);
        head(stage, "reversed", 2, reversed, cut);
        IpPayload overlapping = carried(stage.topology(), echo);
        head(stage, "overlapping", 3, overlapping, cut + OVERLAP);
        // Last: what came after it would start a new reassembly, which lives 30 s (net.ipv4.ipfrag_time).
        tail(stage, "overlapping", 3, overlapping, cut);
    }

    /** Behind the first {@value #MARK} bytes of what the inner header carries, by which it is known, or further; fragments count in units of 8 bytes. */
    private static int cut(Topology topology) {
        int inner = topology.innerFamily().headerLength();
        int whole = topology.overhead() - topology.outerFamily().headerLength() + inner + MARK;
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
    private static IpPacket outer(Topology topology) {
        TunnelEnd entry = topology.a().tunnel();
        return IpPacket.between(entry.local(), entry.remote());
    }

    /** Sends the beginning of an outer packet as a fragment. */
    private static void head(Stage stage, String label, int number, IpPayload carried, int length) {
        send(stage, label + "-head", number, carried, 0, length);
    }

    /** Sends an outer packet from a point on as a fragment. */
    private static void tail(Stage stage, String label, int number, IpPayload carried, int cut) {
        send(stage, label + "-tail", number, carried, cut, Integer.MAX_VALUE);
    }

    private static void send(Stage stage, String label, int number, IpPayload carried, int from, int to) {
        IpPacket outer = outer(stage.topology());
        Bytes whole = carried.bytes(outer.source(), outer.destination());
        int end = Math.min(to, whole.length());
        boolean more = end < whole.length();
        IpPayload part = IpPayload.of(carried.protocolNumber(), whole.slice(from, end - from));
        Bytes fragment = outer instanceof Ipv6Packet ipv6
                ? ipv6.extension(Ipv6Extension.fragment(from, more, IDENTIFICATION + number))
                        .payload(part)
                        .bytes()
                : ipv4((Ipv4Packet) outer, number, more, from).payload(part).bytes();
        stage.send(label, Place.A, fragment.toArray());
    }

    private static Ipv4Packet ipv4(Ipv4Packet outer, int number, boolean more, int from) {
        Ipv4Packet numbered = outer.id(IDENTIFICATION + number).fragmentOffset(from);
        return more ? numbered.moreFragments() : numbered;
    }
}
