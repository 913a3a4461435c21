package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.InheritedMarkStimuli.INHERITED_MARK;
import static dev.culvert.harness.stimulus.InheritedMarkStimuli.MARKED_LED;
import static dev.culvert.harness.stimulus.InheritedMarkStimuli.UNMARKED_LED;
import static dev.culvert.harness.stimulus.RouteMarkStimuli.LED;
import static dev.culvert.harness.stimulus.RouteMarkStimuli.LOST;
import static dev.culvert.harness.stimulus.RouteMarkStimuli.ROUTE_MARK;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

final class LinuxRouteMarkDamage {

    private LinuxRouteMarkDamage() {}

    @DamageOf(value = "LINUX-ROUTE-MARK", topology = "ipip-fwmark")
    static Evidence markedPacketLost(Evidence good) {
        return leaving(good, ROUTE_MARK, LED).lost();
    }

    @DamageOf(value = "LINUX-ROUTE-MARK", topology = "ip6tnl-fwmark")
    static Evidence lostPacketNotCounted(Evidence good) {
        return Damage.counter(good, ROUTE_MARK, Place.A, "link.t1.tx_carrier_errors", -1);
    }

    @DamageOf(value = "LINUX-ROUTE-MARK", topology = "ip6erspan-fwmark")
    static Evidence markedFrameLost(Evidence good) {
        return leaving(good, ROUTE_MARK, LED).lost();
    }

    @DamageOf(value = "LINUX-ROUTE-MARK", topology = "gretap-fwmark")
    static Evidence lostFrameNotCounted(Evidence good) {
        return Damage.counter(good, ROUTE_MARK, Place.A, "link.t1.tx_errors", -1);
    }

    @DamageOf(value = "LINUX-VTI-ROUTE-MARK", topology = "vti6-fwmark")
    static Evidence lostByItsFwmark(Evidence good) {
        return leaving(good, ROUTE_MARK, LOST).lost();
    }

    @DamageOf(value = "LINUX-VTI-ROUTE-MARK", topology = "vti-fwmark")
    static Evidence lostPacketNotCountedByVti(Evidence good) {
        return Damage.counter(good, ROUTE_MARK, Place.A, "link.t1.tx_carrier_errors", -1);
    }

    @DamageOf(value = "LINUX-ROUTE-MARK-INHERITED", topology = "ip6tnl-fwmark-inherit")
    static Evidence markOfTheInnerPacketIgnored(Evidence good) {
        return leaving(good, INHERITED_MARK, MARKED_LED).lost();
    }

    @DamageOf(value = "LINUX-ROUTE-MARK-INHERITED", topology = "ip6gretap-fwmark-inherit")
    static Evidence unmarkedFrameTakenForMarked(Evidence good) {
        return leaving(good, INHERITED_MARK, UNMARKED_LED).lost();
    }

    @DamageOf(value = "LINUX-ROUTE-MARK-INHERITED", topology = "ip6gre-fwmark-inherit")
    static Evidence unmarkedPacketNotLost(Evidence good) {
        return Damage.counter(good, INHERITED_MARK, Place.A, "link.t1.tx_carrier_errors", -1);
    }
}
