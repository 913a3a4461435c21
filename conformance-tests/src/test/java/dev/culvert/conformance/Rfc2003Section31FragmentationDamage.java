package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.ForwardingStimuli.OUTER_TOO_LONG;
import static dev.culvert.harness.stimulus.FragmentStimuli.INNER_FRAGMENTS;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;

final class Rfc2003Section31FragmentationDamage {

    private Rfc2003Section31FragmentationDamage() {}

    @DamageOf("RFC2003-3.1-DF-SET")
    static Evidence dfLostAtTheEntry(Evidence good) {
        return leaving(good, INHERITED, "df").outer(Ipv4Header.DF, 0);
    }

    @DamageOf("RFC2003-3.1-DF-CLEAR")
    static Evidence dfAddedInSpiteOfNopmtudisc(Evidence good) {
        return leaving(good, INHERITED, "no-df").outer(Ipv4Header.DF, 1);
    }

    @DamageOf("RFC2003-3.1-FRAGOFF")
    static Evidence mfCopiedToTheOuterHeader(Evidence good) {
        return leaving(good, INNER_FRAGMENTS, "fragment-1").outer(Ipv4Header.MF, 1);
    }

    @DamageOf(value = "RFC2003-3.1-FRAGMENT-OUTER", topology = "ipip-routed")
    static Evidence outerDfSet(Evidence good) {
        return leaving(good, OUTER_TOO_LONG, "too-long").outer(Ipv4Header.DF, 1);
    }
}
