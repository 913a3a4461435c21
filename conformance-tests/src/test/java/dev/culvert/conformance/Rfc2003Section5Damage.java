package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.IcmpErrorStimuli.ERRORS;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.stimulus.SecondTunnel;
import dev.culvert.harness.stimulus.TunnelError;

final class Rfc2003Section5Damage {

    private Rfc2003Section5Damage() {}

    @DamageOf(value = "RFC2003-5-SOFTSTATE-MTU", topology = "ipip-routed")
    static Evidence pathMtuForgotten(Evidence good) {
        return Damage.answer(good, ROUTED, "route-to-exit", 0, said -> said.replaceAll("expires.*", ""));
    }

    @DamageOf(value = "RFC2003-5-SOFTSTATE-MTU", topology = "ipip-routed")
    static Evidence secondTunnelDoesNotHeedThePathMtu(Evidence good) {
        return new ForgedPacket(good, ROUTED).encapsulated(SecondTunnel.TOO_LONG);
    }

    @DamageOf(value = "RFC2003-5-SOFTSTATE-TTL", topology = "ipip-routed")
    static Evidence secondPacketReportedTwice(Evidence good) {
        Evidence once = new ForgedPacket(good, ROUTED).errorAbout("short-lived-2");
        return new ForgedPacket(once, ROUTED).errorAbout("short-lived-2");
    }

    @DamageOf(value = "RFC2003-5-SOFTSTATE-REACH", topology = "ipip-routed")
    static Evidence packetThatWarnsDoesNotGoOn(Evidence good) {
        Seen delivered =
                new OriginalSender(good, ERRORS).delivered("burst-request-2").get(0);
        return Damage.remove(
                good,
                ERRORS,
                delivered.at(),
                seen -> seen.packet().index() == delivered.packet().index());
    }

    @DamageOf(value = "RFC2003-5-SOFTSTATE-REACH", topology = "ipip-routed")
    static Evidence fourWarningsAfterThreeErrors(Evidence good) {
        return new ForgedPacket(good, ERRORS).errorAboutReplyTo("burst-request-4");
    }

    @DamageOf(value = "RFC2003-5.2-NO-QUENCH", topology = "ipip-routed")
    static Evidence sourceQuenchSentToTheOriginalSender(Evidence good) {
        Seen reply = new OriginalSender(good, ERRORS)
                .replied(TunnelError.SOURCE_QUENCH.request(1))
                .get(0);
        return new ForgedPacket(good, ERRORS)
                .toH(IcmpMessage.sourceQuench(TunnelPackets.outer(reply).withPayload()));
    }
}
