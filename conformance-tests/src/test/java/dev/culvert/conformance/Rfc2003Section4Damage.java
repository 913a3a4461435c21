package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.IcmpErrorStimuli.ERRORS;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.FIXED_TTL;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.TO_A;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.stimulus.TunnelError;
import dev.culvert.topologies.Place;

final class Rfc2003Section4Damage {

    private Rfc2003Section4Damage() {}

    @DamageOf(value = "RFC2003-4-RELAY", topology = "ipip-routed")
    static Evidence hostUnreachableRelayedAtOnce(Evidence good) {
        return new ForgedPacket(good, ERRORS).relayed(TunnelError.HOST_UNREACHABLE.label());
    }

    @DamageOf(value = "RFC2003-4.2-SOURCE-QUENCH", topology = "ipip-routed")
    static Evidence sourceQuenchTold(Evidence good) {
        return new ForgedPacket(good, ERRORS).errorAboutReplyTo(TunnelError.SOURCE_QUENCH.request(1));
    }

    @DamageOf(value = "RFC2003-4.3-REDIRECT", topology = "ipip-routed")
    static Evidence redirectTold(Evidence good) {
        return new ForgedPacket(good, ERRORS).errorAboutReplyTo(TunnelError.REDIRECT.request(1));
    }

    @DamageOf(value = "RFC2003-4.4-TIME-EXCEEDED", topology = "ipip-routed")
    static Evidence timeExceededToldTwice(Evidence good) {
        return new ForgedPacket(good, FIXED_TTL).errorAboutReplyTo(TunnelError.TIME_EXCEEDED.request(2));
    }

    @DamageOf(value = "RFC2003-4.5-PARAM-PROBLEM", topology = "ipip-routed")
    static Evidence parameterProblemTold(Evidence good) {
        return new ForgedPacket(good, ERRORS).errorAboutReplyTo(TunnelError.PARAMETER_PROBLEM.request(1));
    }

    @DamageOf("RFC2003-4.6-OTHER-ICMP")
    static Evidence echoNotAnswered(Evidence good) {
        CapturePoint underlay = new TunnelPackets(good, TO_A).underlay(Place.A);
        return Damage.remove(
                good,
                TO_A,
                underlay,
                seen -> seen.dissect()
                        .icmp()
                        .filter(icmp -> icmp.type() == IcmpHeader.ECHO_REPLY)
                        .isPresent());
    }
}
