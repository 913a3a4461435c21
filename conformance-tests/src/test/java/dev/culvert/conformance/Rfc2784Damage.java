package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.harness.packet.Ipv4Header;

final class Rfc2784Damage {

    /** Behind the Ethernet and the outer header. */
    private static final int GRE = 14 + 20;

    private Rfc2784Damage() {}

    @DamageOf(value = "RFC2784-2-HEADER", topology = "gre")
    static Evidence protocolOfIpip(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-28").outer(Ipv4Header.TOTAL_LENGTH, 28 + 20);
    }

    @DamageOf(value = "RFC2784-2-HEADER", topology = "gretap")
    static Evidence frameHeaderNotCounted(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-28").outer(Ipv4Header.TOTAL_LENGTH, 28 + 24);
    }

    @DamageOf(value = "RFC2784-2-HEADER", topology = "gre-all")
    static Evidence keyLeftOut(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(GreHeader.KEY_PRESENT, GRE, 0);
    }

    @DamageOf(value = "RFC2784-2.1-C-BIT", topology = "gre-csum")
    static Evidence checksumNotSaid(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(GreHeader.CHECKSUM_PRESENT, GRE, 0);
    }

    @DamageOf(value = "RFC2784-2.1-C-BIT", topology = "gre")
    static Evidence checksumSaidWhereThereIsNone(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(GreHeader.CHECKSUM_PRESENT, GRE, 1);
    }

    @DamageOf(value = "RFC2784-2.3-RESERVED-TX", topology = "gre")
    static Evidence reservedBitSet(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-29").only(GreHeader.RESERVED0, GRE, 1);
    }

    @DamageOf(value = "RFC2784-2.3-RESERVED-TX", topology = "gre-key")
    static Evidence versionOne(Evidence good) {
        return leaving(good, AS_CONFIGURED, "df").only(GreHeader.VERSION, GRE, 1);
    }

    @DamageOf(value = "RFC2784-2.4-PROTO", topology = "gre")
    static Evidence protocolTypeOfIpv6(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(GreHeader.PROTOCOL_TYPE, GRE, 0x86dd);
    }

    @DamageOf(value = "RFC2784-2.4-PROTO", topology = "gretap")
    static Evidence protocolTypeOfThePacketInTheFrame(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(GreHeader.PROTOCOL_TYPE, GRE, 0x0800);
    }

    @DamageOf(value = "RFC2784-2.5-CSUM-COVERAGE", topology = "gre-csum")
    static Evidence lastByteNotSummed(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-29")
                .change(bytes -> bytes.with(bytes.length() - 1, bytes.u8(bytes.length() - 1) ^ 1));
    }

    @DamageOf(value = "RFC2784-2.5-CSUM-COVERAGE", topology = "gre-all")
    static Evidence keyNotSummed(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").change(bytes -> bytes.with(GRE + 8, 1));
    }

    @DamageOf(value = "RFC2784-2.6-RESERVED1", topology = "gre-csum")
    static Evidence offsetOfRfc1701(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").change(bytes -> bytes.with16(GRE + 6, 4));
    }
}
