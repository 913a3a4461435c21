package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.ErspanStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.ErspanStimuli.OLD_NUMBER;
import static dev.culvert.harness.stimulus.ErspanStimuli.OTHER_SESSION;
import static dev.culvert.harness.stimulus.ErspanStimuli.OTHER_TYPE;
import static dev.culvert.harness.stimulus.ErspanStimuli.SHORT;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

final class ErspanReceiverDamage {

    private ErspanReceiverDamage() {}

    @DamageOf(value = "ERSPAN-RX-SESSION", topology = "erspan")
    static Evidence otherSessionTaken(Evidence good) {
        return new ComposedDamage(good, COMPOSED).answered(OTHER_SESSION);
    }

    @DamageOf(value = "ERSPAN-RX-VERSION", topology = "erspan")
    static Evidence otherTypeRefusedAloud(Evidence good) {
        Evidence silent = new ComposedDamage(good, COMPOSED).notAnswered(OTHER_TYPE);
        return new ComposedDamage(silent, COMPOSED).refused(OTHER_TYPE);
    }

    @DamageOf(value = "ERSPAN-RX-SEQ", topology = "erspan")
    static Evidence oldNumberTaken(Evidence good) {
        return new ComposedDamage(good, COMPOSED).answered(OLD_NUMBER);
    }

    @DamageOf(value = "ERSPAN-RX-SEQ", topology = "erspan-iii")
    static Evidence oldNumberNotCounted(Evidence good) {
        return Damage.counter(good, COMPOSED, Place.B, "link.t1.rx_fifo_errors", -1);
    }

    @DamageOf(value = "ERSPAN-RX-SHORT", topology = "erspan-iii")
    static Evidence shortHeaderSilentlyDropped(Evidence good) {
        return new ComposedDamage(good, COMPOSED).notRefused(SHORT);
    }
}
