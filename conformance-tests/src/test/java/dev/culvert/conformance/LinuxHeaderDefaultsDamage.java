package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;

final class LinuxHeaderDefaultsDamage {

    private LinuxHeaderDefaultsDamage() {}

    @DamageOf("LINUX-TOS-FIXED")
    static Evidence configuredEcnBitsKept(Evidence good) {
        return leaving(good, FIXED, "tos-b8").outer(Ipv4Header.TOS, 0x12);
    }

    @DamageOf("LINUX-TTL-DEFAULTS")
    static Evidence outerTtlNotInherited(Evidence good) {
        return leaving(good, AS_CONFIGURED, "ttl-9").outer(Ipv4Header.TTL, 64);
    }
}
