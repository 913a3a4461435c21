package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.comingOut;
import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.DecapsulationStimuli.DECAPSULATED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6Header;

final class Rfc2983Damage {

    private Rfc2983Damage() {}

    @DamageOf("RFC2983-PIPE")
    static Evidence outerDscpCopiedIn(Evidence good) {
        return comingOut(good, DECAPSULATED, "dscp-0-in-46").inner(Ipv4Header.DSCP, 46);
    }

    @DamageOf(value = "RFC2983-UNIFORM-DECAP", topology = "ip6tnl-dscp")
    static Evidence innerDscpKept(Evidence good) {
        return comingOut(good, DECAPSULATED, "dscp-0-in-46").inner(Ipv6Header.DSCP, 0);
    }

    @DamageOf(value = "RFC2983-UNIFORM-DECAP", topology = "ip6gre-dscp")
    static Evidence outerEcnCopiedToo(Evidence good) {
        return comingOut(good, DECAPSULATED, "ecn-1-in-2").inner(Ipv6Header.ECN, 2);
    }

    @DamageOf("RFC2983-UNIFORM-ENCAP")
    static Evidence innerDscpNotCopiedOut(Evidence good) {
        return leaving(good, INHERITED, "tos-b9").outer(Ipv4Header.DSCP, 0);
    }
}
