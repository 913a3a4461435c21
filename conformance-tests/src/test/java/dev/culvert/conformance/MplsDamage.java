package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.MplsStimuli.H_TO_J;
import static dev.culvert.harness.stimulus.MplsStimuli.LABELLED;
import static dev.culvert.harness.stimulus.MplsStimuli.LARGEST;
import static dev.culvert.harness.stimulus.MplsStimuli.NOT_PROPAGATED;
import static dev.culvert.harness.stimulus.MplsStimuli.REFUSED;
import static dev.culvert.harness.stimulus.MplsStimuli.TOO_LARGE_DF;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.MplsEntry;
import dev.culvert.topologies.Place;

final class MplsDamage {

    private static final String TOPOLOGY = "ipip-mpls";
    private static final int STACK = EthernetHeader.LENGTH + 20;

    private MplsDamage() {}

    @DamageOf(value = "RFC4023-3.1-PROTO", topology = TOPOLOGY)
    static Evidence labelledPacketSaysIpv4(Evidence good) {
        return leaving(good, LABELLED, H_TO_J).only(Ipv4Header.PROTOCOL, EthernetHeader.LENGTH, 4);
    }

    @DamageOf(value = "RFC3032-2.1-SHIM", topology = TOPOLOGY)
    static Evidence trafficClassSet(Evidence good) {
        return leaving(good, LABELLED, H_TO_J).only(MplsEntry.TC, STACK, 5);
    }

    @DamageOf(value = "RFC3032-2.1-SHIM", topology = TOPOLOGY)
    static Evidence anotherLabel(Evidence good) {
        return leaving(good, LABELLED, H_TO_J).only(MplsEntry.LABEL, STACK, 4711);
    }

    @DamageOf(value = "RFC3443-TTL", topology = TOPOLOGY)
    static Evidence labelTtlNotThatOfThePacket(Evidence good) {
        return leaving(good, LABELLED, H_TO_J).only(MplsEntry.TTL, STACK, 255);
    }

    @DamageOf(value = "RFC3443-TTL", topology = TOPOLOGY)
    static Evidence ipTtlTakenFromTheLabelWithoutPropagation(Evidence good) {
        return new SentPacketDamage(good, NOT_PROPAGATED, H_TO_J, j(good)).outer(Ipv4Header.TTL, 253);
    }

    @DamageOf(value = "LINUX-MPLS-INPUT", topology = TOPOLOGY)
    static Evidence labelledPacketNotCountedBeforeItsDrop(Evidence good) {
        String device = good.topology().b().tunnel().device();
        return Damage.counter(good, REFUSED, Place.B, "link." + device + ".rx_packets", -1);
    }

    @DamageOf(value = "LINUX-MPLS-OVERSIZE", topology = TOPOLOGY)
    static Evidence largestPacketShortened(Evidence good) {
        return leaving(good, LABELLED, LARGEST).outer(Ipv4Header.TOTAL_LENGTH, 1496);
    }

    @DamageOf(value = "LINUX-MPLS-OVERSIZE", topology = TOPOLOGY)
    static Evidence mtuToldWithoutRoomForTheLabels(Evidence good) {
        var host = good.topology().a().lan().host();
        CapturePoint h = new CapturePoint(host.place(), host.device());
        var error =
                new TunnelPackets(good, LABELLED).errorsAbout(TOO_LARGE_DF, h).get(0);
        int offset = error.dissect().icmp().orElseThrow().offset();
        return Damage.rewrite(
                good,
                LABELLED,
                h,
                seen -> seen.packet().index() == error.packet().index(),
                bytes -> IcmpHeader.NEXT_HOP_MTU.write(
                        bytes, offset, good.topology().tunnelMtu(Place.A)));
    }

    private static CapturePoint j(Evidence good) {
        var host = good.topology().b().lan().host();
        return new CapturePoint(host.place(), host.device());
    }
}
