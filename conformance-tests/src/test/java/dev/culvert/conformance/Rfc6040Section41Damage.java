package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;

final class Rfc6040Section41Damage {

    private Rfc6040Section41Damage() {}

    @DamageOf("RFC6040-4.1-NOTECT")
    static Evidence configuredEcnBitsLeakOut(Evidence good) {
        return leaving(good, FIXED, "tos-b8").outer(Ipv4Header.ECN, 2);
    }

    @DamageOf("RFC6040-4.1-ECT")
    static Evidence ect1BecomesEct0(Evidence good) {
        return leaving(good, INHERITED, "tos-b9").outer(Ipv4Header.ECN, 2);
    }

    @DamageOf("RFC6040-4.1-CE")
    static Evidence ceBecomesNotEct(Evidence good) {
        return leaving(good, AS_CONFIGURED, "tos-bb").outer(Ipv4Header.ECN, 0);
    }
}
