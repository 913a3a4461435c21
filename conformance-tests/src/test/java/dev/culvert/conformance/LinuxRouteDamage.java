package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.DeviceStimuli.ROUTES_UP;
import static dev.culvert.harness.stimulus.DeviceStimuli.TUNNEL_DOWN;
import static dev.culvert.harness.stimulus.DeviceStimuli.UNDERLAY_DOWN;
import static dev.culvert.harness.stimulus.RouteStimuli.H_TO_J;
import static dev.culvert.harness.stimulus.RouteStimuli.INTO_ITSELF;
import static dev.culvert.harness.stimulus.RouteStimuli.ROUTED;
import static dev.culvert.harness.stimulus.RouteStimuli.TO_B;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Subnet;

final class LinuxRouteDamage {

    private LinuxRouteDamage() {}

    @DamageOf("LINUX-ROUTE-CONNECTED")
    static Evidence connectedRouteMissing(Evidence good) {
        return without(good, good.topology().a().tunnel().address().subnet());
    }

    @DamageOf(value = "LINUX-ROUTE-REMOTE-SUBNET", topology = "ipip-routed")
    static Evidence routeToTheFarSubnetMissing(Evidence good) {
        return without(good, good.topology().b().lan().subnet());
    }

    @DamageOf(value = "LINUX-ROUTE-REMOTE-SUBNET", topology = "ipip-routed")
    static Evidence packetDidNotArriveAtTheFarHost(Evidence good) {
        var host = good.topology().b().lan().host();
        return new SentPacketDamage(good, ROUTED, H_TO_J, new CapturePoint(host.place(), host.device())).lost();
    }

    @DamageOf("LINUX-ROUTE-SOURCE")
    static Evidence sourceOfTheUnderlay(Evidence good) {
        return leaving(good, ROUTED, TO_B).inner(Ipv4Header.SOURCE, 0xc6336401L); // 198.51.100.1
    }

    @DamageOf("LINUX-ROUTE-SELF")
    static Evidence loopNotCountedAsCollision(Evidence good) {
        return Damage.counter(good, INTO_ITSELF, Place.A, link(good) + "collisions", -1);
    }

    @DamageOf("LINUX-ROUTE-STATE")
    static Evidence connectedRouteDidNotComeBack(Evidence good) {
        return new AnswerDamage(good, TUNNEL_DOWN, ROUTES_UP).list(ArrayNode::removeAll);
    }

    @DamageOf("LINUX-ROUTE-STATE")
    static Evidence missingUnderlayCountedAsNothing(Evidence good) {
        return Damage.counter(good, UNDERLAY_DOWN, Place.A, link(good) + "tx_carrier_errors", -1);
    }

    private static String link(Evidence good) {
        return "link." + good.topology().a().tunnel().device() + ".";
    }

    private static Evidence without(Evidence good, Subnet destination) {
        return good.withConfigured(Place.A, state -> {
            ArrayNode routes = state.routes().deepCopy();
            routes.removeIf(
                    route -> destination.toString().equals(route.path("dst").asText()));
            return state.withRoutes(routes);
        });
    }
}
