package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.UdpStimuli.FLOWS;
import static dev.culvert.harness.stimulus.UdpStimuli.OF_EACH;
import static dev.culvert.harness.stimulus.UdpStimuli.SEVERAL_FLOWS;
import static dev.culvert.harness.stimulus.UdpStimuli.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.PlaceState;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.UdpHeader;
import dev.culvert.topologies.Place;

final class LinuxFouDamage {

    /** Behind the Ethernet and the outer header. */
    private static final int UDP = 14 + 20;

    private static final int BEHIND_UDP = UDP + 8;

    private LinuxFouDamage() {}

    @DamageOf(value = "FOU6-ORDER", topology = "ip6tnl-fou")
    static Evidence limitThatSaysPacketFollows(Evidence good) {
        // next header 41 behind 14 bytes of Ethernet and 40 of IPv6
        return leaving(good, AS_CONFIGURED, "length-84").change(bytes -> bytes.with(14 + 40, 41));
    }

    @DamageOf(value = "FOU-UDP-CSUM", topology = "ip6tnl-fou")
    static Evidence noChecksumOverIpv6(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(UdpHeader.CHECKSUM, 14 + 40 + 8, 0);
    }

    @DamageOf(value = "FOU-UDP-CSUM", topology = "ip6tnl-gue")
    static Evidence checksumThatWasToBeNoneOverIpv6(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(UdpHeader.CHECKSUM, 14 + 40, 0x1234);
    }

    @DamageOf(value = "FOU-FRAMING", topology = "sit-fou")
    static Evidence protocolOfIpv6(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").outer(Ipv4Header.PROTOCOL, 41);
    }

    @DamageOf(value = "FOU-FRAMING", topology = "ipip-fou")
    static Evidence packetBehindAHeaderOfFous(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").change(bytes -> bytes.with(BEHIND_UDP, 0));
    }

    @DamageOf(value = "FOU-FRAMING", topology = "gre-gue")
    static Evidence packetChanged(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-29")
                .change(bytes -> bytes.with(bytes.length() - 1, bytes.u8(bytes.length() - 1) ^ 1));
    }

    @DamageOf(value = "FOU-FRAMING", topology = "ipip-gue")
    static Evidence udpLite(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").outer(Ipv4Header.PROTOCOL, 136);
    }

    @DamageOf(value = "FOU-UDP-PORTS", topology = "ipip-fou")
    static Evidence portOutsideOfTheRange(Evidence good) {
        return sourcePort(good, 1, 1, 32767);
    }

    @DamageOf(value = "FOU-UDP-PORTS", topology = "ipip-gue")
    static Evidence portOfEachPacketsOwn(Evidence good) {
        int first = new TunnelPackets(good, SEVERAL_FLOWS)
                .of(flow(7, 1), new TunnelPackets(good, SEVERAL_FLOWS).underlay(Place.A))
                .get(0)
                .dissect()
                .udp()
                .orElseThrow()
                .sourcePort();
        return sourcePort(good, 7, 2, first == 40000 ? 40001 : 40000);
    }

    @DamageOf(value = "FOU-UDP-PORTS", topology = "gre-gue")
    static Evidence flowsNotToldApart(Evidence good) {
        Evidence damaged = good;
        for (int flow = 1; flow <= FLOWS; flow++) {
            for (int n = 1; n <= OF_EACH; n++) {
                damaged = sourcePort(damaged, flow, n, 40000);
            }
        }
        return damaged;
    }

    @DamageOf(value = "FOU-UDP-PORTS", topology = "gre-fou")
    static Evidence configuredSourcePortNotTaken(Evidence good) {
        return sourcePort(good, 3, 1, 40000);
    }

    private static Evidence sourcePort(Evidence good, int flow, int n, int port) {
        return leaving(good, SEVERAL_FLOWS, flow(flow, n)).only(UdpHeader.SOURCE_PORT, UDP, port);
    }

    @DamageOf(value = "FOU-UDP-LEN", topology = "ipip-fou")
    static Evidence lengthWithoutTheHeader(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(UdpHeader.LENGTH_FIELD, UDP, 84);
    }

    @DamageOf(value = "FOU-UDP-CSUM", topology = "ipip-fou")
    static Evidence checksumNobodyAskedFor(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(UdpHeader.CHECKSUM, UDP, 0x1234);
    }

    @DamageOf(value = "FOU-UDP-CSUM", topology = "gre-fou")
    static Evidence checksumLeftOut(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(UdpHeader.CHECKSUM, UDP, 0);
    }

    @DamageOf(value = "LINUX-MTU-ENCAP", topology = "ipip-fou")
    static Evidence noRoomForUdp(Evidence good) {
        return mtu(good, 1480);
    }

    @DamageOf(value = "LINUX-MTU-ENCAP", topology = "gre-gue")
    static Evidence noRoomForRemoteChecksums(Evidence good) {
        return mtu(good, 1464);
    }

    private static Evidence mtu(Evidence good, int mtu) {
        String device = good.topology().a().tunnel().device();
        return good.withConfigured(Place.A, state -> {
            PlaceState copy = new PlaceState(state.links().deepCopy(), state.addresses(), state.routes());
            ((ObjectNode) copy.link(device)).put("mtu", mtu);
            return copy;
        });
    }
}
