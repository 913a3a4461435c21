package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.UdpStimuli.FLOWS;
import static dev.culvert.harness.stimulus.UdpStimuli.OF_EACH;
import static dev.culvert.harness.stimulus.UdpStimuli.SEVERAL_FLOWS;
import static dev.culvert.harness.stimulus.UdpStimuli.flow;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.GeneveHeader;
import dev.culvert.harness.packet.UdpHeader;

final class Rfc8926Damage {

    /** Behind the Ethernet and the outer header. */
    private static final int UDP = 14 + 20;

    private static final int GENEVE = UDP + 8;

    private Rfc8926Damage() {}

    @DamageOf(value = "RFC8926-3.3-UDP-DPORT", topology = "geneve")
    static Evidence portOfVxlan(Evidence good) {
        return udp(good, UdpHeader.DESTINATION_PORT, 4789);
    }

    @DamageOf(value = "RFC8926-3.3-UDP-SPORT", topology = "geneve")
    static Evidence portOfEachPacketsOwn(Evidence good) {
        return leaving(good, SEVERAL_FLOWS, flow(3, 2)).change(bytes -> bytes.with16(UDP, bytes.u16(UDP) ^ 1));
    }

    @DamageOf(value = "RFC8926-3.3-UDP-SPORT", topology = "geneve-vni-max")
    static Evidence flowsNotToldApart(Evidence good) {
        Evidence damaged = good;
        for (int flow = 1; flow <= FLOWS; flow++) {
            for (int n = 1; n <= OF_EACH; n++) {
                damaged = leaving(damaged, SEVERAL_FLOWS, flow(flow, n)).only(UdpHeader.SOURCE_PORT, UDP, 50000);
            }
        }
        return damaged;
    }

    @DamageOf(value = "RFC8926-3.3-UDP-LEN", topology = "geneve")
    static Evidence lengthWithoutTheHeader(Evidence good) {
        return udp(good, UdpHeader.LENGTH_FIELD, 84 + 14 + 8);
    }

    @DamageOf(value = "RFC8926-3.3-CSUM4", topology = "geneve")
    static Evidence checksumNobodyAskedFor(Evidence good) {
        return udp(good, UdpHeader.CHECKSUM, 0x1234);
    }

    @DamageOf(value = "RFC8926-3.3-CSUM4", topology = "geneve-vni-max")
    static Evidence frameNotSummed(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-29")
                .change(bytes -> bytes.with(bytes.length() - 1, bytes.u8(bytes.length() - 1) ^ 1));
    }

    @DamageOf(value = "RFC8926-3.3-CSUM6", topology = "geneve-ipv6")
    static Evidence noChecksumOverIpv6(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(UdpHeader.CHECKSUM, UDP + 20, 0);
    }

    @DamageOf(value = "RFC8926-3.3-CSUM6", topology = "geneve-ipv6-zero-csum")
    static Evidence checksumThatWasToBeNone(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(UdpHeader.CHECKSUM, UDP + 20, 0x1234);
    }

    @DamageOf(value = "RFC8926-3.3-UDP-LEN", topology = "geneve-ipv6")
    static Evidence lengthWithoutTheFramesHeader(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(UdpHeader.LENGTH_FIELD, UDP + 20, 84 + 8 + 8);
    }

    @DamageOf(value = "RFC8926-3.4-VER-TX", topology = "geneve")
    static Evidence versionOne(Evidence good) {
        return geneve(good, GeneveHeader.VERSION, 1);
    }

    @DamageOf(value = "RFC8926-3.4-OPTLEN-TX", topology = "geneve")
    static Evidence optionThatIsNotThere(Evidence good) {
        return geneve(good, GeneveHeader.OPTION_LENGTH, 1);
    }

    @DamageOf(value = "RFC8926-3.4-BITS-TX", topology = "geneve")
    static Evidence controlSet(Evidence good) {
        return geneve(good, GeneveHeader.CONTROL, 1);
    }

    @DamageOf(value = "RFC8926-3.4-BITS-TX", topology = "geneve-vni-max")
    static Evidence identifierOf32Bits(Evidence good) {
        return geneve(good, GeneveHeader.RESERVED2, 0xff);
    }

    @DamageOf(value = "RFC8926-3.4-PROTO-TX", topology = "geneve")
    static Evidence protocolTypeOfThePacketInTheFrame(Evidence good) {
        return geneve(good, GeneveHeader.PROTOCOL_TYPE, 0x0800);
    }

    @DamageOf(value = "RFC8926-3.4-PROTO-TX", topology = "geneve-ip-ipv6")
    static Evidence protocolTypeOfIpv4BeforeIpv6(Evidence good) {
        return geneve(good, GeneveHeader.PROTOCOL_TYPE, 0x0800);
    }

    @DamageOf(value = "RFC8926-3.4-VNI", topology = "geneve")
    static Evidence identifierInTheFirstBits(Evidence good) {
        return geneve(good, GeneveHeader.VNI, 7 << 16);
    }

    @DamageOf(value = "RFC8926-3.4-VNI", topology = "geneve-vni-max")
    static Evidence identifierOf16Bits(Evidence good) {
        return geneve(good, GeneveHeader.VNI, 0xffff);
    }

    private static Evidence udp(Evidence good, Field field, long value) {
        return leaving(good, AS_CONFIGURED, "length-84").only(field, UDP, value);
    }

    private static Evidence geneve(Evidence good, Field field, long value) {
        return leaving(good, AS_CONFIGURED, "length-84").only(field, GENEVE, value);
    }
}
