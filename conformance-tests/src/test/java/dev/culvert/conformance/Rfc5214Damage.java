package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.IsatapStimuli.OTHER;
import static dev.culvert.harness.stimulus.IsatapStimuli.SOURCES;
import static dev.culvert.harness.stimulus.IsatapStimuli.TO_OTHERS;
import static dev.culvert.harness.stimulus.IsatapStimuli.TRUE_SOURCE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;

final class Rfc5214Damage {

    private Rfc5214Damage() {}

    @DamageOf(value = "RFC5214-7.1-DESTINATION", topology = "sit-isatap")
    static Evidence sentToB(Evidence good) {
        return SentPacketDamage.leaving(good, TO_OTHERS, OTHER)
                .outer(Ipv4Header.DESTINATION, 0xc6336402L); // 198.51.100.2
    }

    @DamageOf(value = "RFC5214-7.3-SOURCE", topology = "sit-isatap")
    static Evidence falseSourceNotCounted(Evidence good) {
        return Damage.counter(good, SOURCES, Place.B, "link.t1.rx_errors", -1);
    }

    @DamageOf(value = "RFC5214-7.3-SOURCE", topology = "sit-isatap")
    static Evidence trueSourceLost(Evidence good) {
        return SentPacketDamage.comingOut(good, SOURCES, TRUE_SOURCE).lost();
    }
}
