package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GreFrameStimuli.BARE_IPV4;
import static dev.culvert.harness.stimulus.GreFrameStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.GreFrameStimuli.ONLY_HEADER;
import static dev.culvert.harness.stimulus.GreStimuli.UNKNOWN_TYPE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.stimulus.GreStimuli;
import dev.culvert.topologies.Place;

final class LinuxGretapDamage {

    private LinuxGretapDamage() {}

    @DamageOf(value = "LINUX-GRETAP-SHORT", topology = "gretap")
    static Evidence shortFrameCounted(Evidence good) {
        return Damage.counter(good, COMPOSED, Place.B, "link.t1.rx_length_errors", 1);
    }

    @DamageOf(value = "LINUX-GRETAP-SHORT", topology = "gretap-key")
    static Evidence headerAloneNotTaken(Evidence good) {
        return Damage.counter(good, COMPOSED, Place.B, "link.t1.rx_packets", -1);
    }

    @DamageOf(value = "LINUX-GRETAP-SHORT", topology = "gretap")
    static Evidence headerAloneRefused(Evidence good) {
        return new ComposedDamage(good, COMPOSED).refused(ONLY_HEADER);
    }

    @DamageOf(value = "LINUX-GRETAP-TYPE", topology = "gretap")
    static Evidence barePacketSilentlyDropped(Evidence good) {
        return new ComposedDamage(good, COMPOSED).notRefused(BARE_IPV4);
    }

    @DamageOf(value = "LINUX-GRETAP-TYPE", topology = "gretap-key")
    static Evidence unknownTypeSilentlyDropped(Evidence good) {
        return new ComposedDamage(good, GreStimuli.COMPOSED).notRefused(UNKNOWN_TYPE);
    }
}
