package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.UdpStimuli.CHECKSUM_OR_NONE;
import static dev.culvert.harness.stimulus.UdpStimuli.CLOSED;
import static dev.culvert.harness.stimulus.UdpStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.UdpStimuli.EMPTY;
import static dev.culvert.harness.stimulus.UdpStimuli.NOT_IN_UDP;
import static dev.culvert.harness.stimulus.UdpStimuli.NO_LISTENER;
import static dev.culvert.harness.stimulus.UdpStimuli.OTHER_INSIDE;
import static dev.culvert.harness.stimulus.UdpStimuli.OTHER_PORT;
import static dev.culvert.harness.stimulus.UdpStimuli.OTHER_SOURCE_PORT;
import static dev.culvert.harness.stimulus.UdpStimuli.WRONG_CHECKSUM;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.topologies.Place;

final class LinuxFouReceiverDamage {

    private LinuxFouReceiverDamage() {}

    @DamageOf(value = "FOU-RX-CSUM", topology = "ipip-fou")
    static Evidence wrongChecksumTaken(Evidence good) {
        return composed(good).answered(WRONG_CHECKSUM);
    }

    @DamageOf(value = "FOU-RX-CSUM", topology = "gre-fou")
    static Evidence missingChecksumNotTaken(Evidence good) {
        return composed(good).notAnswered(CHECKSUM_OR_NONE);
    }

    @DamageOf(value = "FOU-RX-CSUM", topology = "gre-gue")
    static Evidence wrongChecksumNotCounted(Evidence good) {
        return Damage.counter(good, COMPOSED, Place.B, "snmp.Udp.InCsumErrors", -1);
    }

    @DamageOf(value = "FOU-RX-SPORT", topology = "gre-fou")
    static Evidence otherSourcePortNotTaken(Evidence good) {
        return composed(good).notAnswered(OTHER_SOURCE_PORT);
    }

    @DamageOf(value = "FOU-RX-PROTO", topology = "ipip-fou")
    static Evidence headerOfGreSkipped(Evidence good) {
        return composed(good).answered(OTHER_INSIDE);
    }

    @DamageOf(value = "FOU-RX-PROTO", topology = "gre-fou")
    static Evidence packetWithoutGreTaken(Evidence good) {
        return composed(good).answered(OTHER_INSIDE);
    }

    @DamageOf(value = "FOU-RX-ASYMMETRIC", topology = "ipip-gue")
    static Evidence onlyWithinUdp(Evidence good) {
        return composed(good).notAnswered(NOT_IN_UDP);
    }

    @DamageOf(value = "FOU-RX-SHORT", topology = "ipip-fou")
    static Evidence emptyDatagramRefused(Evidence good) {
        return composed(good).refused(EMPTY);
    }

    @DamageOf(value = "FOU-RX-SHORT", topology = "gre-gue")
    static Evidence emptyDatagramCounted(Evidence good) {
        return Damage.counter(good, COMPOSED, Place.B, "link.t1.rx_errors", 1);
    }

    @DamageOf(value = "FOU-RX-NOPORT", topology = "ipip-fou")
    static Evidence nobodySaysThatThePortIsClosed(Evidence good) {
        return composed(good).notRefused(OTHER_PORT);
    }

    @DamageOf(value = "FOU-RX-NOPORT", topology = "gre-gue")
    static Evidence deviceIsNotTold(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, NO_LISTENER);
        CapturePoint underlay = packets.underlay(Place.A);
        Seen error = packets.errorsAbout(CLOSED, underlay).get(0);
        return Damage.remove(
                good,
                NO_LISTENER,
                underlay,
                seen -> seen.packet().index() == error.packet().index());
    }

    @DamageOf(value = "FOU-RX-CSUM", topology = "ip6tnl-fou")
    static Evidence wrongChecksumNotCountedOverIpv6(Evidence good) {
        return Damage.counter(good, COMPOSED, Place.B, "snmp6.Udp6InCsumErrors", -1);
    }

    @DamageOf(value = "FOU-RX-NOPORT", topology = "ip6gre-fou")
    static Evidence closedPortNotCountedOverIpv6(Evidence good) {
        return Damage.counter(good, NO_LISTENER, Place.B, "snmp6.Udp6NoPorts", -1);
    }

    @DamageOf(value = "FOU-RX-NOPORT", topology = "ip6tnl-gue")
    static Evidence missingChecksumCountedAsClosedPort(Evidence good) {
        return Damage.counter(
                Damage.counter(good, NO_LISTENER, Place.B, "snmp6.Udp6NoPorts", 1),
                NO_LISTENER,
                Place.B,
                "snmp6.Udp6InCsumErrors",
                -1);
    }

    private static ComposedDamage composed(Evidence good) {
        return new ComposedDamage(good, COMPOSED);
    }
}
