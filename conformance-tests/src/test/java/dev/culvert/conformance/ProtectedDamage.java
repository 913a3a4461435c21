package dev.culvert.conformance;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EspHeader;
import dev.culvert.harness.packet.EspSender;
import dev.culvert.harness.packet.EspTrailer;
import dev.culvert.harness.packet.Header;
import dev.culvert.topologies.Esp;
import dev.culvert.topologies.Place;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Damages what ESP protects: the packet is opened, changed, and sealed again under its own number. */
record ProtectedDamage(Evidence good, String stimulus) {

    /** Changes the inner packet of one that left A. */
    Evidence carrying(String label, UnaryOperator<Bytes> change) {
        return sealedAgain(label, (sender, seen, number) -> {
            EspTrailer trailer = ProtectedPackets.trailer(seen).orElseThrow();
            return sender.protect(number, change.apply(ProtectedPackets.carried(seen)), trailer.nextHeader());
        });
    }

    /** Changes everything that is encrypted, padding and trailer included, of a packet that left A. */
    Evidence plain(String label, UnaryOperator<Bytes> change) {
        return sealedAgain(label, (sender, seen, number) -> {
            EspTrailer trailer = ProtectedPackets.trailer(seen).orElseThrow();
            Bytes padding = trailer.bytes().slice(0, trailer.padLength() + 2);
            return sender.protectAsItIs(number, change.apply(Bytes.join(ProtectedPackets.carried(seen), padding)));
        });
    }

    /** As if B had answered a composed packet once more, or at all: the reply to another one comes again, as the reply to this. */
    Evidence answered(String label, String other) {
        Echo asked = request(label);
        Seen reply = reply(other);
        int at = icmpOffset(reply);
        Bytes forged = reply.packet().bytes().with16(at + 4, asked.identifier()).with16(at + 6, asked.sequence());
        return Damage.add(good, stimulus, reply.at(), reply.packet().linkType(), forged);
    }

    /** As if B had not answered a composed packet. */
    Evidence notAnswered(String label) {
        long index = reply(label).packet().index();
        return Damage.remove(
                good, stimulus, reply(label).at(), seen -> seen.packet().index() == index);
    }

    private Seen reply(String label) {
        Echo answer = request(label).answer();
        return good.during(stimulus).atTunnel(Place.A).stream()
                .filter(seen -> Echo.in(seen.dissect()).filter(answer::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private Echo request(String label) {
        return Echo.in(good.context().dissect(good.during(stimulus).sent(label).bytes()))
                .orElseThrow();
    }

    private static int icmpOffset(Seen seen) {
        return seen.dissect()
                .icmp()
                .map(Header::offset)
                .or(() -> seen.dissect().icmpv6().map(Header::offset))
                .orElseThrow();
    }

    private Evidence sealedAgain(String label, Sealing sealing) {
        Esp esp = Objects.requireNonNull(good.topology().esp());
        TunnelPackets packets = new TunnelPackets(good, stimulus);
        CapturePoint point = packets.underlay(Place.A);
        Seen seen = packets.of(label, point).get(0);
        EspHeader header = ProtectedPackets.header(seen).orElseThrow();
        Bytes sealed = sealing.seal(new EspSender(esp.suite(), esp.aToB()), seen, header.sequenceNumber());
        Bytes changed = Bytes.join(seen.packet().bytes().slice(0, header.offset()), sealed);
        return Damage.rewrite(
                good,
                stimulus,
                point,
                other -> other.packet().index() == seen.packet().index(),
                bytes -> changed);
    }

    /** Seals what was opened. */
    private interface Sealing {
        Bytes seal(EspSender sender, Seen seen, long number);
    }
}
