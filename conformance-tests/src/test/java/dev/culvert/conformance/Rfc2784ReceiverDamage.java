package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GreStimuli.BITS;
import static dev.culvert.harness.stimulus.GreStimuli.CHECKSUM_OR_NONE;
import static dev.culvert.harness.stimulus.GreStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.GreStimuli.UNKNOWN_TYPE;
import static dev.culvert.harness.stimulus.GreStimuli.WRONG_CHECKSUM;
import static dev.culvert.harness.stimulus.GreStimuli.bits;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

final class Rfc2784ReceiverDamage {

    private Rfc2784ReceiverDamage() {}

    @DamageOf(value = "RFC2784-2.3-BITS1-5-RX", topology = "gre")
    static Evidence routingTaken(Evidence good) {
        return new ComposedDamage(good, BITS).answered(bits(0x4000));
    }

    @DamageOf(value = "RFC2784-2.3-BITS6-12-RX", topology = "gre")
    static Evidence reservedBitNotIgnored(Evidence good) {
        return new ComposedDamage(good, BITS).notAnswered(bits(0x0080));
    }

    @DamageOf(value = "RFC2784-2.3.1-VERSION", topology = "gre")
    static Evidence versionTwoTaken(Evidence good) {
        return new ComposedDamage(good, BITS).answered(bits(2));
    }

    @DamageOf(value = "RFC2784-2.4-UNKNOWN-PROTO", topology = "gre-key")
    static Evidence unknownTypeTaken(Evidence good) {
        return new ComposedDamage(good, COMPOSED).answered(UNKNOWN_TYPE);
    }

    @DamageOf(value = "RFC2784-2.5-BAD-CSUM", topology = "gre-csum")
    static Evidence wrongChecksumTaken(Evidence good) {
        return new ComposedDamage(good, COMPOSED).answered(WRONG_CHECKSUM);
    }

    @DamageOf(value = "RFC2784-2.5-BAD-CSUM", topology = "gre")
    static Evidence wrongChecksumCounted(Evidence good) {
        return Damage.counter(good, COMPOSED, Place.B, "link.t1.rx_errors", 1);
    }

    @DamageOf(value = "LINUX-GRE-CSUM-REQUIRED", topology = "gre-csum")
    static Evidence missingChecksumTaken(Evidence good) {
        return new ComposedDamage(good, COMPOSED).answered(CHECKSUM_OR_NONE);
    }

    @DamageOf(value = "LINUX-GRE-CSUM-REQUIRED", topology = "gre")
    static Evidence refusalNotCounted(Evidence good) {
        return Damage.counter(good, COMPOSED, Place.B, "link.t1.rx_crc_errors", -1);
    }
}
