package dev.culvert.conformance;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Field;
import dev.culvert.topologies.Place;
import java.util.function.UnaryOperator;

/** Damages a frame that A's tunnel device was given, where it left A or came out of B's. */
record FrameDamage(Evidence good, String stimulus, String label) {

    /** Changes a field of the outer header on A's underlay; its checksum stays right. */
    Evidence outer(Field field, long value) {
        Seen left = left();
        Bytes changed = TunnelPackets.outerIp(left).with(field, value);
        return Damage.rewrite(good, stimulus, left.at(), seen -> same(seen, left), bytes -> changed);
    }

    /** Changes its packet on A's underlay as a whole. */
    Evidence leaving(UnaryOperator<Bytes> change) {
        Seen left = left();
        return Damage.rewrite(good, stimulus, left.at(), seen -> same(seen, left), change);
    }

    /** As if it had not left A. */
    Evidence lost() {
        Seen left = left();
        return Damage.remove(good, stimulus, left.at(), seen -> same(seen, left));
    }

    /** Changes its bytes on B's tunnel device. */
    Evidence comingOut(UnaryOperator<Bytes> change) {
        Bytes frame = FramePackets.during(good, stimulus).sent(label);
        CapturePoint tunnel =
                new CapturePoint(Place.B, good.topology().b().tunnel().device());
        return Damage.rewrite(
                good, stimulus, tunnel, seen -> seen.packet().bytes().equals(frame), change);
    }

    private Seen left() {
        return FramePackets.during(good, stimulus).encapsulated(label).get(0);
    }

    private static boolean same(Seen one, Seen other) {
        return one.packet().index() == other.packet().index();
    }
}
