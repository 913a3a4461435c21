package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GeneveStimuli.BARE_IPV4;
import static dev.culvert.harness.stimulus.GeneveStimuli.CHECKSUM_OR_NONE;
import static dev.culvert.harness.stimulus.GeneveStimuli.CONTROL;
import static dev.culvert.harness.stimulus.GeneveStimuli.CRITICAL;
import static dev.culvert.harness.stimulus.GeneveStimuli.DATAGRAMS;
import static dev.culvert.harness.stimulus.GeneveStimuli.FRAMED;
import static dev.culvert.harness.stimulus.GeneveStimuli.HEADERS;
import static dev.culvert.harness.stimulus.GeneveStimuli.OPTIONS_BEYOND;
import static dev.culvert.harness.stimulus.GeneveStimuli.OPTIONS_TO_SKIP;
import static dev.culvert.harness.stimulus.GeneveStimuli.OTHER_SOURCE_PORT;
import static dev.culvert.harness.stimulus.GeneveStimuli.OTHER_VNI;
import static dev.culvert.harness.stimulus.GeneveStimuli.RESERVED_BYTE;
import static dev.culvert.harness.stimulus.GeneveStimuli.UNKNOWN_TYPE;
import static dev.culvert.harness.stimulus.GeneveStimuli.WRONG_CHECKSUM;
import static dev.culvert.harness.stimulus.GeneveStimuli.version;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

final class Rfc8926ReceiverDamage {

    private Rfc8926ReceiverDamage() {}

    @DamageOf(value = "RFC8926-3.4-VER-RX", topology = "geneve")
    static Evidence versionOneTaken(Evidence good) {
        return headers(good).answered(version(1));
    }

    @DamageOf(value = "RFC8926-3.4-OPTLEN-SKIP", topology = "geneve")
    static Evidence optionsNotSkipped(Evidence good) {
        return headers(good).notAnswered(OPTIONS_TO_SKIP);
    }

    @DamageOf(value = "RFC8926-3.4-OPTLEN-LIE", topology = "geneve")
    static Evidence optionsBeyondTheEndTaken(Evidence good) {
        return headers(good).answered(OPTIONS_BEYOND);
    }

    @DamageOf(value = "RFC8926-3.4-OPTLEN-LIE", topology = "geneve-vni-max")
    static Evidence optionsBeyondTheEndNotCounted(Evidence good) {
        return Damage.counter(good, HEADERS, Place.B, "link.t1.rx_dropped", -1);
    }

    @DamageOf(value = "RFC8926-3.4-C-BIT", topology = "geneve")
    static Evidence criticalOptionSkipped(Evidence good) {
        return headers(good).answered(CRITICAL);
    }

    @DamageOf(value = "RFC8926-3.4-C-BIT", topology = "geneve-vni-max")
    static Evidence criticalOptionNotCounted(Evidence good) {
        return Damage.counter(good, HEADERS, Place.B, "link.t1.rx_frame_errors", -1);
    }

    @DamageOf(value = "RFC8926-3.4-O-BIT", topology = "geneve")
    static Evidence controlPacketRefused(Evidence good) {
        return new ComposedDamage(headers(good).notAnswered(CONTROL), HEADERS).refused(CONTROL);
    }

    @DamageOf(value = "RFC8926-3.4-RSVD-RX", topology = "geneve")
    static Evidence reservedByteNotIgnored(Evidence good) {
        return headers(good).notAnswered(RESERVED_BYTE);
    }

    @DamageOf(value = "RFC8926-3.4-PROTO-RX", topology = "geneve")
    static Evidence barePacketTaken(Evidence good) {
        return headers(good).answered(BARE_IPV4);
    }

    @DamageOf(value = "RFC8926-3.4-PROTO-RX", topology = "geneve-vni-max")
    static Evidence unknownTypeTakenForAFrame(Evidence good) {
        return datagrams(good).answered(UNKNOWN_TYPE);
    }

    @DamageOf(value = "LINUX-GENEVE-IP-RX", topology = "geneve-ip")
    static Evidence frameNotTaken(Evidence good) {
        return headers(good).notAnswered(FRAMED);
    }

    @DamageOf(value = "LINUX-GENEVE-IP-RX", topology = "geneve-ip-ipv6")
    static Evidence frameWithIpv6NotTaken(Evidence good) {
        return headers(good).notAnswered(FRAMED);
    }

    @DamageOf(value = "RFC8926-3.4-VNI-RX", topology = "geneve")
    static Evidence otherNetworkTaken(Evidence good) {
        return headers(good).answered(OTHER_VNI);
    }

    @DamageOf(value = "RFC8926-3.3-CSUM4-RX", topology = "geneve")
    static Evidence wrongChecksumTaken(Evidence good) {
        return datagrams(good).answered(WRONG_CHECKSUM);
    }

    @DamageOf(value = "RFC8926-3.3-CSUM4-RX", topology = "geneve-vni-max")
    static Evidence missingChecksumNotTaken(Evidence good) {
        return datagrams(good).notAnswered(CHECKSUM_OR_NONE);
    }

    @DamageOf(value = "RFC8926-3.3-CSUM6-RX", topology = "geneve-ipv6")
    static Evidence missingChecksumTaken(Evidence good) {
        return datagrams(good).answered(CHECKSUM_OR_NONE);
    }

    @DamageOf(value = "RFC8926-3.3-CSUM6-RX", topology = "geneve-ipv6-zero-csum")
    static Evidence rightChecksumNotTaken(Evidence good) {
        return datagrams(good).notAnswered(CHECKSUM_OR_NONE);
    }

    @DamageOf(value = "RFC8926-3.3-CSUM6-RX", topology = "geneve-ipv6")
    static Evidence missingChecksumNotCounted(Evidence good) {
        return Damage.counter(good, DATAGRAMS, Place.B, "snmp6.Udp6InCsumErrors", -1);
    }

    @DamageOf(value = "RFC8926-3.3-UDP-SPORT-RX", topology = "geneve")
    static Evidence otherSourcePortNotTaken(Evidence good) {
        return datagrams(good).notAnswered(OTHER_SOURCE_PORT);
    }

    private static ComposedDamage headers(Evidence good) {
        return new ComposedDamage(good, HEADERS);
    }

    private static ComposedDamage datagrams(Evidence good) {
        return new ComposedDamage(good, DATAGRAMS);
    }
}
