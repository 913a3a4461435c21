package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GreStimuli.BITS;
import static dev.culvert.harness.stimulus.GreStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.GreStimuli.NUMBERED;
import static dev.culvert.harness.stimulus.GreStimuli.SHORT;
import static dev.culvert.harness.stimulus.GreStimuli.WCCP_REDIRECT;
import static dev.culvert.harness.stimulus.GreStimuli.ofLength;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

final class LinuxGreDamage {

    private LinuxGreDamage() {}

    @DamageOf(value = "LINUX-GRE-SEQ-EXTRA", topology = "gre")
    static Evidence numberedOneNotTaken(Evidence good) {
        return new ComposedDamage(good, COMPOSED).notAnswered(NUMBERED);
    }

    @DamageOf(value = "LINUX-GRE-WCCP", topology = "gre")
    static Evidence redirectHeaderNotSkipped(Evidence good) {
        return new ComposedDamage(good, COMPOSED).notAnswered(WCCP_REDIRECT);
    }

    @DamageOf(value = "LINUX-GRE-MIN-12", topology = "gre")
    static Evidence elevenBytesRefusedAloud(Evidence good) {
        return new ComposedDamage(good, BITS).refused(ofLength(SHORT.get(2)));
    }

    @DamageOf(value = "LINUX-GRE-MIN-12", topology = "gre")
    static Evidence shortOneNotCounted(Evidence good) {
        return Damage.counter(good, BITS, Place.B, "link.t1.rx_length_errors", -1);
    }
}
