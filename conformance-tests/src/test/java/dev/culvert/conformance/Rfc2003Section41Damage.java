package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.IcmpErrorStimuli.ERRORS;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.stimulus.TunnelError;
import dev.culvert.topologies.Place;

final class Rfc2003Section41Damage {

    private Rfc2003Section41Damage() {}

    @DamageOf(value = "RFC2003-4.1-NET-UNREACH", topology = "ipip-routed")
    static Evidence networkUnreachableToldAsPortUnreachable(Evidence good) {
        return told(good, TunnelError.NET_UNREACHABLE, IcmpHeader.CODE, 3);
    }

    @DamageOf(value = "RFC2003-4.1-HOST-UNREACH", topology = "ipip-routed")
    static Evidence hostUnreachableNotTold(Evidence good) {
        OriginalSender sender = new OriginalSender(good, ERRORS);
        Seen told = sender.toldAbout(TunnelError.HOST_UNREACHABLE.request(1)).get(0);
        return Damage.remove(
                good,
                ERRORS,
                told.at(),
                seen -> seen.packet().index() == told.packet().index());
    }

    @DamageOf(value = "RFC2003-4.1-PROTO-UNREACH", topology = "ipip-routed")
    static Evidence protocolUnreachableToldAsItIs(Evidence good) {
        return told(good, TunnelError.PROTOCOL_UNREACHABLE, IcmpHeader.CODE, 2);
    }

    @DamageOf(value = "RFC2003-4.1-PORT-UNREACH", topology = "ipip-routed")
    static Evidence portUnreachableToldTwice(Evidence good) {
        return new ForgedPacket(good, ERRORS).errorAboutReplyTo(TunnelError.PORT_UNREACHABLE.request(2));
    }

    @DamageOf(value = "RFC2003-4.1-TOO-BIG", topology = "ipip-routed")
    static Evidence tooBigNotTold(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, ROUTED);
        Seen told = packets.errorsAbout("known-path", packets.host(Place.H)).get(0);
        return Damage.remove(
                good,
                ROUTED,
                told.at(),
                seen -> seen.packet().index() == told.packet().index());
    }

    @DamageOf(value = "RFC2003-4.1-SR-FAILED", topology = "ipip-routed")
    static Evidence sourceRouteFailedTold(Evidence good) {
        return new ForgedPacket(good, ERRORS).errorAboutReplyTo(TunnelError.SOURCE_ROUTE_FAILED.request(1));
    }

    /** Changes a field of what H was told about the first packet after an error. */
    private static Evidence told(Evidence good, TunnelError error, Field field, long value) {
        Seen told = new OriginalSender(good, ERRORS).toldAbout(error.request(1)).get(0);
        IcmpHeader icmp = told.dissect().icmp().orElseThrow();
        return Damage.rewrite(
                good,
                ERRORS,
                told.at(),
                seen -> seen.packet().index() == told.packet().index(),
                bytes -> field.write(bytes, icmp.offset(), value));
    }
}
