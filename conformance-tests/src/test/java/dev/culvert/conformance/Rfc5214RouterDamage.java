package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.IsatapRouterStimuli.ADDRESSES;
import static dev.culvert.harness.stimulus.IsatapRouterStimuli.DEFAULT;
import static dev.culvert.harness.stimulus.IsatapRouterStimuli.LISTED;
import static dev.culvert.harness.stimulus.IsatapRouterStimuli.ROUTERS;
import static dev.culvert.harness.stimulus.IsatapRouterStimuli.UNLISTED;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

/** Evidence of an ISATAP interface that does not keep to its potential router list. */
final class Rfc5214RouterDamage {

    private static final String TOPOLOGY = "sit-isatap";

    private Rfc5214RouterDamage() {}

    @DamageOf(value = "RFC5214-7.3-ROUTER", topology = TOPOLOGY)
    static Evidence routerNotTaken(Evidence good) {
        return SentPacketDamage.comingOut(good, ROUTERS, LISTED).lost();
    }

    @DamageOf(value = "RFC5214-7.3-ROUTER", topology = TOPOLOGY)
    static Evidence strangerNotCounted(Evidence good) {
        return Damage.counter(good, ROUTERS, Place.B, "link.t1.rx_errors", -1);
    }

    @DamageOf(value = "RFC5214-8.3-ADVERTISEMENT", topology = TOPOLOGY)
    static Evidence strangerBelieved(Evidence good) {
        return defaultRouteToo(good, UNLISTED);
    }

    @DamageOf(value = "RFC5214-8.3-ADVERTISEMENT", topology = TOPOLOGY)
    static Evidence somebodyElseIsTheRouter(Evidence good) {
        return new AnswerDamage(good, ROUTERS, DEFAULT)
                .entry("dst", "default", "/gateway", TextNode.valueOf("fe80::1"));
    }

    @DamageOf(value = "RFC5214-8.3-ADVERTISEMENT", topology = TOPOLOGY)
    static Evidence addressOfAnotherIdentifier(Evidence good) {
        return Damage.answer(good, ROUTERS, ADDRESSES, 0, said -> said.replace("fff1:200:5efe:", "fff1:200:5eff:"));
    }

    @DamageOf(value = "LINUX-ISATAP-NODEFAULT", topology = TOPOLOGY)
    static Evidence defaultRouterAllTheSame(Evidence good) {
        return defaultRouteToo(good, LISTED);
    }

    private static Evidence defaultRouteToo(Evidence good, String answer) {
        String device = good.topology().b().tunnel().device();
        return new AnswerDamage(good, ROUTERS, answer)
                .list(routes -> routes.addObject()
                        .put("dst", "default")
                        .put("dev", device)
                        .put("gateway", "fe80::1"));
    }
}
