package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.comingOut;
import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;

final class Rfc2003Section31Damage {

    private static final int OUTER = EthernetHeader.LENGTH;

    private Rfc2003Section31Damage() {}

    @DamageOf("RFC2003-3.1-VERSION")
    static Evidence outerVersion6(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(Ipv4Header.VERSION, OUTER, 6);
    }

    @DamageOf("RFC2003-3.1-IHL")
    static Evidence outerIhlOfTheInnerHeader(Evidence good) {
        return leaving(good, AS_CONFIGURED, "router-alert").only(Ipv4Header.IHL, OUTER, 6);
    }

    @DamageOf("RFC2003-3.1-TOS")
    static Evidence outerTosNeitherCopiedNorConfigured(Evidence good) {
        return leaving(good, AS_CONFIGURED, "tos-b8").outer(Ipv4Header.TOS, 0x44);
    }

    @DamageOf("RFC2003-3.1-TOS")
    static Evidence outerTosNotInherited(Evidence good) {
        return leaving(good, INHERITED, "tos-b8").outer(Ipv4Header.TOS, 0);
    }

    @DamageOf("RFC2003-3.1-TOTLEN")
    static Evidence outerTotalLengthOfTheInnerPacket(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-29").outer(Ipv4Header.TOTAL_LENGTH, 29);
    }

    @DamageOf("RFC2003-3.1-ID")
    static Evidence outerIdentificationTwiceTheSame(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, AS_CONFIGURED);
        int first = packets.of("same-id-1", packets.underlay(Place.A)).stream()
                .map(seen -> TunnelPackets.outer(seen).identification())
                .findFirst()
                .orElseThrow();
        return leaving(good, AS_CONFIGURED, "same-id-2").outer(Ipv4Header.IDENTIFICATION, first);
    }

    @DamageOf("RFC2003-3.1-PROTOCOL")
    static Evidence outerProtocol41(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-28").outer(Ipv4Header.PROTOCOL, 41);
    }

    @DamageOf("RFC2003-3.1-CHECKSUM")
    static Evidence outerChecksumNotMade(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(Ipv4Header.HEADER_CHECKSUM, OUTER, 0);
    }

    @DamageOf("RFC2003-3.1-SRC-DST")
    static Evidence outerSourceOfAnother(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").outer(Ipv4Header.SOURCE, 0xc6336463L); // 198.51.100.99
    }

    @DamageOf("RFC2003-3.1-SRC-DST")
    static Evidence outerDestinationOfAnother(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").outer(Ipv4Header.DESTINATION, 0xc6336463L); // 198.51.100.99
    }

    @DamageOf("RFC2003-3.1-OPTIONS")
    static Evidence innerOptionChangedOnTheWay(Evidence good) {
        SentPacketDamage packet = comingOut(good, AS_CONFIGURED, "router-alert");
        return packet.change(bytes -> bytes.with(20, 0x01)); // router alert becomes no operation
    }

    @DamageOf("RFC2003-3.1-INNER-UNCHANGED")
    static Evidence innerTtlChangedOnTheWay(Evidence good) {
        return comingOut(good, AS_CONFIGURED, "length-largest").inner(Ipv4Header.TTL, 63);
    }

    @DamageOf("RFC2003-3.1-INNER-UNCHANGED")
    static Evidence innerPacketLostOnTheWay(Evidence good) {
        return comingOut(good, AS_CONFIGURED, "length-28").lost();
    }
}
