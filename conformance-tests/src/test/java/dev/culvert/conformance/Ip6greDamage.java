package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.DeviceStimuli.UNDERLAY_DOWN;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.ERRORS;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.LATER;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.stimulus.BridgeStimuli;
import dev.culvert.harness.stimulus.FrameStimuli;
import dev.culvert.topologies.Place;

/** Evidence of GRE over IPv6 that is not as RFC 7676 and Linux have it. */
final class Ip6greDamage {

    private Ip6greDamage() {}

    @DamageOf(value = "RFC7676-4.1-NH", topology = "ip6gre")
    static Evidence nextHeaderWithoutTheLimit(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").outer(Ipv6Header.NEXT_HEADER, 47);
    }

    @DamageOf(value = "LINUX-IP6GRE-CTL", topology = "ip6gre")
    static Evidence missingAddressCountedAsCarrier(Evidence good) {
        return Damage.counter(good, UNDERLAY_DOWN, Place.A, "link.t1.tx_carrier_errors", 2);
    }

    @DamageOf(value = "LINUX-IP6GRE-MTU-VLAN", topology = "ip6gretap")
    static Evidence tooLongFrameNotCounted(Evidence good) {
        return Damage.counter(good, FrameStimuli.LENGTHS, Place.A, "link.t1.tx_errors", -1);
    }

    @DamageOf(value = "LINUX-IP6GRE-BRIDGE-MTU", topology = "ip6gretap-bridged")
    static Evidence longFrameNotCountedAsDropped(Evidence good) {
        return Damage.counter(good, BridgeStimuli.LENGTHS, Place.A, "link.t1.tx_dropped", -1);
    }

    @DamageOf(value = "LINUX-IP6ERSPAN-NONIP", topology = "ip6erspan")
    static Evidence trafficClassOfTheOptionKept(Evidence good) {
        return new FrameDamage(good, FrameStimuli.FIXED, FrameStimuli.UNICAST).outer(Ipv6Header.TRAFFIC_CLASS, 0x12);
    }

    @DamageOf(value = "LINUX-IP6GRE-LATER", topology = "ip6gre")
    static Evidence firstLaterPacketNotAnswered(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, ERRORS);
        Seen told = packets.errorsAbout(LATER.get(0), packets.host(Place.H)).get(0);
        return Damage.remove(
                good,
                ERRORS,
                told.at(),
                seen -> seen.packet().index() == told.packet().index());
    }
}
