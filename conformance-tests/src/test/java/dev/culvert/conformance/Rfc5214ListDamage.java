package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.PotentialRouterStimuli.BEHIND_ROUTER;
import static dev.culvert.harness.stimulus.PotentialRouterStimuli.FROM_H;
import static dev.culvert.harness.stimulus.PotentialRouterStimuli.FROM_ROUTER;
import static dev.culvert.harness.stimulus.PotentialRouterStimuli.LIST;
import static dev.culvert.harness.stimulus.PotentialRouterStimuli.LISTED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

/** Evidence of an ISATAP interface that has not the potential routers of its topology, or does not go by them. */
final class Rfc5214ListDamage {

    private static final String TOPOLOGY = "sit-isatap-router";

    private Rfc5214ListDamage() {}

    @DamageOf(value = "LINUX-ISATAP-LIST-REPORTED", topology = TOPOLOGY)
    static Evidence listedAsNoDefaultRouter(Evidence good) {
        return Damage.answer(good, LISTED, LIST, 0, said -> said.replace(" pdr ", " pr "));
    }

    @DamageOf(value = "LINUX-ISATAP-LIST-REPORTED", topology = TOPOLOGY)
    static Evidence somebodyElseToo(Evidence good) {
        return Damage.answer(good, LISTED, LIST, 0, said -> said.replace(" pdr ", " pdr 198.51.100.77  pdr "));
    }

    @DamageOf(value = "RFC5214-7.3-LISTED", topology = TOPOLOGY)
    static Evidence routerNotTaken(Evidence good) {
        return SentPacketDamage.comingOut(good, LISTED, FROM_ROUTER).lost();
    }

    @DamageOf(value = "RFC5214-7.3-LISTED", topology = TOPOLOGY)
    static Evidence strangerNotCounted(Evidence good) {
        return Damage.counter(good, LISTED, Place.B, "link.t1.rx_errors", -1);
    }

    @DamageOf(value = "RFC5214-7-BEHIND-ROUTER", topology = TOPOLOGY)
    static Evidence notTakenFromBehindTheRouter(Evidence good) {
        return SentPacketDamage.comingOut(good, BEHIND_ROUTER, FROM_H).lost();
    }
}
