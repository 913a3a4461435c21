package dev.culvert.conformance;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Field;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Damages a packet that a stimulus sent, where one point saw it. */
record SentPacketDamage(Evidence good, String stimulus, String label, CapturePoint point) {

    /** The packet on A's underlay. */
    static SentPacketDamage leaving(Evidence good, String stimulus, String label) {
        return new SentPacketDamage(good, stimulus, label, new TunnelPackets(good, stimulus).underlay(Place.A));
    }

    /** The packet on B's tunnel device. */
    static SentPacketDamage comingOut(Evidence good, String stimulus, String label) {
        return new SentPacketDamage(good, stimulus, label, new TunnelPackets(good, stimulus).tunnel(Place.B));
    }

    /** Changes a field of the outer header, a checksum of which stays right. */
    Evidence outer(Field field, long value) {
        return rewrite(seen -> TunnelPackets.outerIp(seen).with(field, value));
    }

    /** Changes a field of the inner header, a checksum of which stays right. */
    Evidence inner(Field field, long value) {
        return rewrite(seen -> TunnelPackets.innerIp(seen).with(field, value));
    }

    /** Changes a field of an IPv4 header at an offset and nothing else. */
    Evidence only(Field field, int offset, long value) {
        return rewrite(seen -> field.write(seen.packet().bytes(), offset, value));
    }

    /** Changes the bytes as a whole. */
    Evidence change(UnaryOperator<Bytes> change) {
        return rewrite(seen -> change.apply(seen.packet().bytes()));
    }

    Evidence lost() {
        return Damage.remove(good, stimulus, point, this::matches);
    }

    /** Lets the packet pass a second time. */
    Evidence twice() {
        Seen seen = packets().get(0);
        return Damage.add(
                good, stimulus, point, seen.packet().linkType(), seen.packet().bytes());
    }

    private Evidence rewrite(Function<Seen, Bytes> change) {
        Bytes changed = change.apply(packets().get(0));
        UnaryOperator<Bytes> replace = bytes -> changed;
        return Damage.rewrite(good, stimulus, point, this::matches, replace);
    }

    private boolean matches(Seen seen) {
        return packets().stream()
                .anyMatch(packet -> packet.packet().index() == seen.packet().index());
    }

    private List<Seen> packets() {
        return new TunnelPackets(good, stimulus).of(label, point);
    }
}
