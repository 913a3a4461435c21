package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.GreStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.GreStimuli.KEY_OR_NONE;
import static dev.culvert.harness.stimulus.GreStimuli.OTHER_KEY;
import static dev.culvert.harness.stimulus.GreStimuli.SEQUENCE;
import static dev.culvert.harness.stimulus.GreStimuli.UNNUMBERED;
import static dev.culvert.harness.stimulus.GreStimuli.numbered;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.topologies.Place;

final class Rfc2890Damage {

    /** Behind the Ethernet and the outer header. */
    private static final int GRE = 14 + 20;

    private Rfc2890Damage() {}

    @DamageOf(value = "RFC2890-2-K-BIT", topology = "gre")
    static Evidence keySaidWhereThereIsNone(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(GreHeader.KEY_PRESENT, GRE, 1);
    }

    @DamageOf(value = "RFC2890-2-K-BIT", topology = "gre-keys")
    static Evidence keyOfTheOtherDirection(Evidence good) {
        // 1.2.3.4, by which A receives
        return leaving(good, AS_CONFIGURED, "length-84").change(bytes -> bytes.with(GRE + 4, 1, 2, 3, 4));
    }

    @DamageOf(value = "RFC2890-2-S-BIT", topology = "gre-seq")
    static Evidence numberNotSaid(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(GreHeader.SEQUENCE_PRESENT, GRE, 0);
    }

    @DamageOf(value = "RFC2890-2.2-SEQ-START", topology = "gre-seq")
    static Evidence firstNumberIsOne(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-28").change(bytes -> bytes.with(GRE + 7, 1));
    }

    @DamageOf(value = "RFC2890-2.2-SEQ-OLD", topology = "gre-seq")
    static Evidence duplicateTaken(Evidence good) {
        return new ComposedDamage(good, SEQUENCE).answered(numbered(1), numbered(0));
    }

    @DamageOf(value = "RFC2890-2.2-SEQ-OLD", topology = "gre-all")
    static Evidence lateOneNotCounted(Evidence good) {
        return Damage.counter(good, SEQUENCE, Place.B, "link.t1.rx_fifo_errors", -1);
    }

    @DamageOf(value = "RFC2890-2.2-SEQ-GAP", topology = "gre-seq")
    static Evidence gapNotTaken(Evidence good) {
        return new ComposedDamage(good, SEQUENCE).notAnswered(numbered(2));
    }

    @DamageOf(value = "RFC2890-2.2-NO-SEQ-MIX", topology = "gre-seq")
    static Evidence unnumberedOneRefusedAloud(Evidence good) {
        return new ComposedDamage(good, SEQUENCE).refused(UNNUMBERED);
    }

    @DamageOf(value = "RFC2890-2.1-KEY-DEMUX", topology = "gre-key")
    static Evidence otherKeySilentlyDropped(Evidence good) {
        return new ComposedDamage(good, COMPOSED).notRefused(OTHER_KEY);
    }

    @DamageOf(value = "RFC2890-2.1-KEY-DEMUX", topology = "gre")
    static Evidence keyOfZeroSilentlyDropped(Evidence good) {
        return new ComposedDamage(good, COMPOSED).notRefused(KEY_OR_NONE);
    }
}
