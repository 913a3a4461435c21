package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.SixRdStimuli.OTHER;
import static dev.culvert.harness.stimulus.SixRdStimuli.SOURCES;
import static dev.culvert.harness.stimulus.SixRdStimuli.TO_OTHERS;
import static dev.culvert.harness.stimulus.SixRdStimuli.TRUE_SOURCE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

final class Rfc5969Damage {

    /** The last byte of the outer destination, behind the Ethernet header. */
    private static final int LAST = 14 + 19;

    private Rfc5969Damage() {}

    @DamageOf(value = "RFC5969-4-DESTINATION", topology = "sit-6rd")
    static Evidence sentToB(Evidence good) {
        return SentPacketDamage.leaving(good, TO_OTHERS, OTHER).change(bytes -> bytes.with(LAST, 2));
    }

    @DamageOf(value = "RFC5969-9.2-SOURCE", topology = "sit-6rd")
    static Evidence falseSourceNotCounted(Evidence good) {
        return Damage.counter(good, SOURCES, Place.B, "link.t1.rx_errors", -1);
    }

    @DamageOf(value = "RFC5969-9.2-SOURCE", topology = "sit-6rd")
    static Evidence trueSourceLost(Evidence good) {
        return SentPacketDamage.comingOut(good, SOURCES, TRUE_SOURCE).lost();
    }
}
