package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.DATAGRAMS;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.NOT_IN_UDP;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.OTHER_PORT;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.WAITING_AFTER_KEEPALIVE;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.WAITING_AFTER_MARKED;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.WITHOUT_CHECKSUM;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.WITH_CHECKSUM;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.WRONG_CHECKSUM;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Place;

/** Evidence of ESP within UDP that does not keep to RFC 3948. */
final class Rfc3948Damage {

    /** Behind Ethernet and IPv4. */
    private static final int UDP = 14 + 20;

    private static final int UDP_OVER_IPV6 = 14 + 40;

    private static final int BEHIND_UDP = UDP + 8;

    private Rfc3948Damage() {}

    @DamageOf(value = "RFC3948-2.1-FRAME", topology = "vti-udp")
    static Evidence otherDestinationPort(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").change(bytes -> bytes.with16(UDP + 2, 500));
    }

    @DamageOf(value = "RFC3948-2.1-FRAME", topology = "vti-udp")
    static Evidence lengthWithoutTheHeader(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").change(bytes -> bytes.with16(UDP + 4, bytes.u16(UDP + 4) - 8));
    }

    @DamageOf(value = "RFC3948-2.1-FRAME", topology = "vti-udp")
    static Evidence markerInPlaceOfTheSpi(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84")
                .change(bytes ->
                        Bytes.join(bytes.slice(0, BEHIND_UDP), Bytes.of(new byte[4]), bytes.from(BEHIND_UDP + 4)));
    }

    @DamageOf(value = "RFC3948-2.1-CHECKSUM-OUT", topology = "vti-udp")
    static Evidence checksumSent(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").change(bytes -> bytes.with16(UDP + 6, 0x1234));
    }

    @DamageOf(value = "RFC3948-2.1-CHECKSUM-IN", topology = "vti-udp")
    static Evidence checksumRefused(Evidence good) {
        return new ProtectedDamage(good, DATAGRAMS).notAnswered(WITH_CHECKSUM);
    }

    @DamageOf(value = "RFC3948-2.1-CHECKSUM-IN", topology = "vti-udp")
    static Evidence wrongChecksumTaken(Evidence good) {
        return new ProtectedDamage(good, DATAGRAMS).answered(WRONG_CHECKSUM, WITHOUT_CHECKSUM);
    }

    @DamageOf(value = "RFC8200-8.1-ESPINUDP-OUT", topology = "vti6-udp")
    static Evidence checksumLeftOutOverIpv6(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").change(bytes -> bytes.with16(UDP_OVER_IPV6 + 6, 0));
    }

    @DamageOf(value = "RFC8200-8.1-ESPINUDP-IN", topology = "vti6-udp")
    static Evidence missingChecksumTakenOverIpv6(Evidence good) {
        return new ProtectedDamage(good, DATAGRAMS).answered(WITHOUT_CHECKSUM, WITH_CHECKSUM);
    }

    @DamageOf(value = "RFC3948-2.2-MARKER", topology = "vti-udp")
    static Evidence markedOneNotHandedOn(Evidence good) {
        return Damage.answer(good, DATAGRAMS, WAITING_AFTER_MARKED, 0, said -> said.replaceFirst("[1-9][0-9]*", "0"));
    }

    @DamageOf(value = "RFC3948-2.3-KEEPALIVE", topology = "vti-udp")
    static Evidence keepaliveHandedOn(Evidence good) {
        return Damage.answer(good, DATAGRAMS, WAITING_AFTER_KEEPALIVE, 0, said -> said.replaceFirst("\\b0\\b", "768"));
    }

    @DamageOf(value = "LINUX-ESPINUDP-PORT", topology = "vti-udp")
    static Evidence otherPortRefused(Evidence good) {
        return new ProtectedDamage(good, DATAGRAMS).notAnswered(OTHER_PORT);
    }

    @DamageOf(value = "LINUX-ESPINUDP-ONLY", topology = "vti-udp")
    static Evidence packetWithoutUdpTaken(Evidence good) {
        return new ProtectedDamage(good, DATAGRAMS).answered(NOT_IN_UDP, WITHOUT_CHECKSUM);
    }

    @DamageOf(value = "LINUX-ESPINUDP-ONLY", topology = "vti-udp")
    static Evidence refusalNotCounted(Evidence good) {
        return Damage.counter(good, DATAGRAMS, Place.B, "xfrm_stat.XfrmInStateMismatch", -1);
    }
}
