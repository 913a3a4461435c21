package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.EspStimuli.NOT_BELIEVED;
import static dev.culvert.harness.stimulus.EspStimuli.ONE_TOO_LONG;
import static dev.culvert.harness.stimulus.EspStimuli.OTHER_MARK;
import static dev.culvert.harness.stimulus.EspStimuli.OTHER_REMOTE;
import static dev.culvert.harness.stimulus.EspStimuli.PATH_MTU;
import static dev.culvert.harness.stimulus.EspStimuli.TOLD;
import static dev.culvert.harness.stimulus.EspStimuli.UNPROTECTED;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.EthernetFrame;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;

final class Rfc4301Damage {

    private Rfc4301Damage() {}

    @DamageOf(value = "RFC4301-5.1.2.1-ADDRESSES", topology = "vti")
    static Evidence innerDestinationOutside(Evidence good) {
        // 203.0.113.2
        return leaving(good, AS_CONFIGURED, "length-84").outer(Ipv4Header.DESTINATION, 0xcb00_7102L);
    }

    @DamageOf(value = "RFC4301-5.1.2.1-ADDRESSES", topology = "vti6")
    static Evidence loopbackAsSource(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").outer(Ipv6Header.SOURCE, 1);
    }

    @DamageOf(value = "RFC4301-5.1.2.1-DSCP", topology = "vti6-cbc")
    static Evidence trafficClassNotCopied(Evidence good) {
        return leaving(good, AS_CONFIGURED, "tos-b8").outer(Ipv6Header.TRAFFIC_CLASS, 0);
    }

    @DamageOf(value = "RFC4301-5.1.2.2-FLOW", topology = "vti6")
    static Evidence flowLabelNotCopied(Evidence good) {
        return leaving(good, AS_CONFIGURED, "flow-label").outer(Ipv6Header.FLOW_LABEL, 0);
    }

    @DamageOf(value = "RFC4301-5.1.2.2-FLOW", topology = "vti6-cbc")
    static Evidence flowLabelMadeUp(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").outer(Ipv6Header.FLOW_LABEL, 0x12345);
    }

    @DamageOf(value = "RFC4301-8.2.1-PMTU", topology = "vti")
    static Evidence errorAboutNobodyBelieved(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, PATH_MTU);
        return new SentPacketDamage(good, PATH_MTU, NOT_BELIEVED, packets.host(Place.J)).lost();
    }

    @DamageOf(value = "RFC4301-8.2.1-PMTU", topology = "vti6")
    static Evidence mtuOfThePathTold(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, PATH_MTU);
        Seen error = packets.errorsAbout(ONE_TOO_LONG, packets.host(Place.H)).get(0);
        Icmpv6Header icmp = error.dissect().icmpv6().orElseThrow();
        return Damage.rewrite(
                good,
                PATH_MTU,
                error.at(),
                seen -> seen.packet().index() == error.packet().index(),
                bytes -> Icmpv6Header.MTU.write(bytes, icmp.offset(), TOLD));
    }

    @DamageOf(value = "RFC4301-5.1.2.1-DSCP", topology = "vti")
    static Evidence dscpNotCopied(Evidence good) {
        return leaving(good, AS_CONFIGURED, "tos-b8").outer(Ipv4Header.TOS, 0);
    }

    @DamageOf(value = "RFC4301-5.1.2.1-DSCP", topology = "vti-cbc")
    static Evidence congestionForgotten(Evidence good) {
        return leaving(good, AS_CONFIGURED, "tos-bb").outer(Ipv4Header.TOS, 0xb8);
    }

    @DamageOf(value = "RFC4301-8.1-DF", topology = "vti")
    static Evidence dfNotCopied(Evidence good) {
        return leaving(good, AS_CONFIGURED, "df").outer(Ipv4Header.DF, 0);
    }

    @DamageOf(value = "RFC4301-8.1-DF", topology = "vti-cbc")
    static Evidence dfAlwaysSet(Evidence good) {
        return leaving(good, AS_CONFIGURED, "no-df").outer(Ipv4Header.DF, 1);
    }

    @DamageOf(value = "RFC4301-5.1-NO-PLAINTEXT", topology = "vti")
    static Evidence plainPacketLeaves(Evidence good) {
        Port underlay = good.topology().a().underlay();
        return Damage.add(
                good,
                OTHER_MARK,
                new CapturePoint(Place.A, underlay.device()),
                LinkType.ETHERNET,
                EthernetFrame.ipv4(
                                underlay.mac(),
                                underlay.mac(),
                                good.during(OTHER_MARK).sent(UNPROTECTED).bytes())
                        .bytes());
    }

    @DamageOf(value = "RFC4301-5.1-NO-PLAINTEXT", topology = "vti-cbc")
    static Evidence lossNotCounted(Evidence good) {
        return Damage.counter(good, OTHER_REMOTE, Place.A, "link.t1.tx_carrier_errors", -1);
    }
}
