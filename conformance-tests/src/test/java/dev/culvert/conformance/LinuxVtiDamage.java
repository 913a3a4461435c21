package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.comingOut;
import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.EspStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.EspStimuli.ECN;
import static dev.culvert.harness.stimulus.EspStimuli.LENGTHS;
import static dev.culvert.harness.stimulus.EspStimuli.LONGEST;
import static dev.culvert.harness.stimulus.EspStimuli.ONE_TOO_LONG;
import static dev.culvert.harness.stimulus.EspStimuli.ONE_TOO_LONG_WITHOUT_DF;
import static dev.culvert.harness.stimulus.EspStimuli.ecn;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.topologies.Place;

final class LinuxVtiDamage {

    private LinuxVtiDamage() {}

    @DamageOf(value = "LINUX-VTI-OUTER", topology = "vti")
    static Evidence ttlInherited(Evidence good) {
        return leaving(good, AS_CONFIGURED, "ttl-9").outer(Ipv4Header.TTL, 9);
    }

    @DamageOf(value = "LINUX-VTI-OUTER", topology = "vti6")
    static Evidence hopLimitInherited(Evidence good) {
        return leaving(good, AS_CONFIGURED, "ttl-9").outer(Ipv6Header.HOP_LIMIT, 9);
    }

    @DamageOf(value = "LINUX-VTI-PMTU", topology = "vti6-cbc")
    static Evidence shortOneLost(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, LENGTHS);
        return new SentPacketDamage(good, LENGTHS, ONE_TOO_LONG_WITHOUT_DF, packets.host(Place.J)).lost();
    }

    @DamageOf(value = "RFC6040-4.2-XFRM", topology = "vti6")
    static Evidence congestionNotLetThroughToIpv6(Evidence good) {
        return comingOut(good, ECN, ecn(2, 3)).outer(Ipv6Header.TRAFFIC_CLASS, 2);
    }

    @DamageOf(value = "LINUX-VTI-OUTER", topology = "vti-cbc")
    static Evidence identifiedInSpiteOfDf(Evidence good) {
        return leaving(good, AS_CONFIGURED, "df").outer(Ipv4Header.IDENTIFICATION, 7);
    }

    @DamageOf(value = "RFC6040-4.2-XFRM", topology = "vti")
    static Evidence congestionNotLetThrough(Evidence good) {
        return comingOut(good, ECN, ecn(2, 3)).outer(Ipv4Header.TOS, 2);
    }

    @DamageOf(value = "LINUX-VTI-RX-ERR", topology = "vti")
    static Evidence oneRefusedIsNotCounted(Evidence good) {
        return Damage.counter(good, COMPOSED, Place.B, "link.t1.rx_errors", -1);
    }

    @DamageOf(value = "LINUX-VTI-RX-ERR", topology = "vti-cbc")
    static Evidence oneRefusedIsReceived(Evidence good) {
        return Damage.counter(good, COMPOSED, Place.B, "link.t1.rx_packets", 1);
    }

    @DamageOf(value = "LINUX-VTI-PMTU", topology = "vti")
    static Evidence deviceMtuTold(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, LENGTHS);
        Seen error = packets.errorsAbout(ONE_TOO_LONG, packets.host(Place.H)).get(0);
        IcmpHeader icmp = error.dissect().icmp().orElseThrow();
        return Damage.rewrite(
                good,
                LENGTHS,
                error.at(),
                seen -> seen.packet().index() == error.packet().index(),
                bytes -> IcmpHeader.NEXT_HOP_MTU.write(bytes, icmp.offset(), 1480));
    }

    @DamageOf(value = "LINUX-VTI-PMTU", topology = "vti-cbc")
    static Evidence longestLost(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, LENGTHS);
        return new SentPacketDamage(good, LENGTHS, LONGEST, packets.host(Place.J)).lost();
    }
}
