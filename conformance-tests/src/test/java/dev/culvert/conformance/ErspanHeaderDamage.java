package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.IPV4;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.IPV6;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.LENGTH_59;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.LENGTH_60;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.MIRRORED;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.TAGGED;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.UNICAST;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Erspan2Header;
import dev.culvert.harness.packet.Erspan3Header;
import dev.culvert.harness.packet.ErspanHeader;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.harness.stimulus.HeaderStimuli;

final class ErspanHeaderDamage {

    /** Behind the Ethernet and the outer header. */
    private static final int GRE = 14 + 20;
    /** Behind GRE with its sequence number. */
    private static final int ERSPAN = GRE + 8;

    private ErspanHeaderDamage() {}

    @DamageOf(value = "ERSPAN-GRE-HEADER", topology = "erspan")
    static Evidence typeOfTheOtherVersion(Evidence good) {
        return field(good, UNICAST, GreHeader.PROTOCOL_TYPE, GRE, 0x22eb);
    }

    @DamageOf(value = "ERSPAN-GRE-HEADER", topology = "erspan-iii")
    static Evidence bitThatIsReserved(Evidence good) {
        return leaving(good, IPV4).leaving(bytes -> bytes.with(GRE, 0x18));
    }

    @DamageOf(value = "ERSPAN-GRE-HEADER", topology = "erspan")
    static Evidence numbersStartAtOne(Evidence good) {
        return SentPacketDamage.leaving(good, HeaderStimuli.AS_CONFIGURED, "length-28")
                .change(bytes -> bytes.with(GRE + 7, 1));
    }

    @DamageOf(value = "ERSPAN-V0-HEADER", topology = "erspan-i")
    static Evidence typeOfFramesInGre(Evidence good) {
        return field(good, TAGGED, GreHeader.PROTOCOL_TYPE, GRE, 0x6558);
    }

    @DamageOf(value = "ERSPAN-WORD0", topology = "erspan")
    static Evidence typeIIIWhereIIIsConfigured(Evidence good) {
        return field(good, UNICAST, ErspanHeader.VERSION, ERSPAN, 2);
    }

    @DamageOf(value = "ERSPAN-WORD0", topology = "erspan-iii")
    static Evidence saidToBeCut(Evidence good) {
        return field(good, LENGTH_60, ErspanHeader.TRUNCATED, ERSPAN, 1);
    }

    @DamageOf(value = "ERSPAN-SESSION-ID", topology = "erspan")
    static Evidence otherSession(Evidence good) {
        return field(good, UNICAST, ErspanHeader.SESSION_ID, ERSPAN, 340);
    }

    @DamageOf(value = "ERSPAN-VLAN", topology = "erspan")
    static Evidence vlanNotTold(Evidence good) {
        return field(good, TAGGED, ErspanHeader.VLAN, ERSPAN, 0);
    }

    @DamageOf(value = "ERSPAN-VLAN", topology = "erspan")
    static Evidence tagToldOfAFrameWithoutOne(Evidence good) {
        return field(good, UNICAST, Erspan2Header.EN, ERSPAN, 3);
    }

    @DamageOf(value = "ERSPAN-COS", topology = "erspan-iii")
    static Evidence classThatNothingHas(Evidence good) {
        return field(good, IPV4, ErspanHeader.COS, ERSPAN, 7);
    }

    @DamageOf(value = "ERSPAN-V1-INDEX", topology = "erspan")
    static Evidence indexOfAnotherPort(Evidence good) {
        return field(good, UNICAST, Erspan2Header.INDEX, ERSPAN, 74566);
    }

    @DamageOf(value = "ERSPAN-V2-TAIL", topology = "erspan-iii")
    static Evidence ingressWhereEgressIsConfigured(Evidence good) {
        return field(good, UNICAST, Erspan3Header.D, ERSPAN, 0);
    }

    @DamageOf(value = "ERSPAN-V2-TIMESTAMP", topology = "erspan-iii")
    static Evidence timestampInMilliseconds(Evidence good) {
        return leaving(good, UNICAST).leaving(bytes -> {
            long units = bytes.u32(ERSPAN + 4);
            return Erspan3Header.TIMESTAMP.write(bytes, ERSPAN, units / 10);
        });
    }

    @DamageOf(value = "ERSPAN-V2-TIMESTAMP", topology = "erspan-iii")
    static Evidence timestampThatGoesBack(Evidence good) {
        return leaving(good, LENGTH_60).leaving(bytes -> {
            long units = bytes.u32(ERSPAN + 4);
            return Erspan3Header.TIMESTAMP.write(bytes, ERSPAN, units - 9000);
        });
    }

    @DamageOf(value = "ERSPAN-V2-BSO", topology = "erspan-iii")
    static Evidence shortFrameNotSaidToBeShort(Evidence good) {
        return field(good, LENGTH_59, Erspan3Header.BSO, ERSPAN, 0);
    }

    private static Evidence field(Evidence good, String label, Field field, int header, long value) {
        return leaving(good, label).leaving(bytes -> field.write(bytes, header, value));
    }

    private static FrameDamage leaving(Evidence good, String label) {
        return new FrameDamage(good, MIRRORED, label);
    }

    @DamageOf(value = "ERSPAN-COS-IPV6", topology = "ip6erspan-ipv6")
    static Evidence classOfServiceWithoutTheTrafficClass(Evidence good) {
        return SentPacketDamage.leaving(good, HeaderStimuli.AS_CONFIGURED, "tos-b8")
                .change(bytes -> ErspanHeader.COS.write(bytes, erspan(good), 0));
    }

    @DamageOf(value = "ERSPAN-COS-IPV6", topology = "ip6erspan-ipv6")
    static Evidence classOfAMirroredFrameWithoutTheTrafficClass(Evidence good) {
        return leaving(good, IPV6).leaving(bytes -> ErspanHeader.COS.write(bytes, erspan(good), 0));
    }

    @DamageOf(value = "ERSPAN-VLAN", topology = "ip6erspan-ipv6")
    static Evidence vlanNotToldOverIpv6(Evidence good) {
        // A frame that carries no IP is behind no encapsulation limit.
        int header = EthernetHeader.LENGTH + good.topology().outerFamily().headerLength() + 8;
        return field(good, TAGGED, ErspanHeader.VLAN, header, 0);
    }

    /** Where a packet on A's underlay has its ERSPAN header: behind those of Ethernet, IPv6, the encapsulation limit and GRE with a number. */
    private static int erspan(Evidence good) {
        return EthernetHeader.LENGTH + good.topology().outerFamily().headerLength() + 8 + 8;
    }
}
