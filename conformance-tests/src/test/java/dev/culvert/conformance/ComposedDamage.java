package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.PositiveControl.AS_IT_SHOULD_BE;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetFrame;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.TunnelEnd;

/** Changes what B said to a packet that A composed. */
record ComposedDamage(Evidence good, String stimulus) {

    /** The ICMP message of an echo request with as many bytes of data as ping sends. */
    private static final int ECHO = 64;

    /** As if B had answered a packet that it did not answer: the reply to the one that is as it should be comes a second time, for this one. */
    Evidence answered(String label) {
        return answered(label, AS_IT_SHOULD_BE);
    }

    /** The same with the reply to another one. */
    Evidence answered(String label, String other) {
        Seen reply = reply(other);
        IcmpHeader icmp = reply.dissect().icmp().orElseThrow();
        Bytes request = echoOf(label);
        Bytes forged = reply.packet()
                .bytes()
                .with16(icmp.offset() + 4, request.u16(4))
                .with16(icmp.offset() + 6, request.u16(6));
        return Damage.add(good, stimulus, tunnelOfA(), reply.packet().linkType(), forged);
    }

    /** As if B had not answered a packet. */
    Evidence notAnswered(String label) {
        long index = reply(label).packet().index();
        return Damage.remove(good, stimulus, tunnelOfA(), seen -> seen.packet().index() == index);
    }

    /** As if B had sent no ICMP error about a packet. */
    Evidence notRefused(String label) {
        Seen error =
                new ComposedPackets(good.during(stimulus)).errorsAbout(label).get(0);
        return Damage.remove(
                good,
                stimulus,
                error.at(),
                seen -> seen.packet().index() == error.packet().index());
    }

    /** As if B had said of a packet that no port is for it. */
    Evidence refused(String label) {
        TunnelEnd entry = good.topology().a().tunnel();
        Port underlay = good.topology().a().underlay();
        Bytes quoted = good.during(stimulus).sent(label).bytes();
        Bytes error = Ipv4Packet.between(Ipv4.of(entry.remote()), Ipv4.of(entry.local()))
                .payload(IcmpMessage.unreachable(3, quoted))
                .bytes();
        return Damage.add(
                good,
                stimulus,
                new CapturePoint(Place.A, underlay.device()),
                LinkType.ETHERNET,
                EthernetFrame.ipv4(underlay.mac(), underlay.mac(), error).bytes());
    }

    private Seen reply(String label) {
        Bytes request = echoOf(label);
        return good.during(stimulus).atTunnel(Place.A).stream()
                .filter(seen -> Echo.in(seen.dissect()).stream()
                        .anyMatch(new Echo(true, request.u16(4), request.u16(6))::equals))
                .findFirst()
                .orElseThrow();
    }

    private Bytes echoOf(String label) {
        Bytes sent = good.during(stimulus).sent(label).bytes();
        return sent.from(sent.length() - ECHO);
    }

    private CapturePoint tunnelOfA() {
        return new CapturePoint(Place.A, good.topology().a().tunnel().device());
    }
}
