package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.RouterStimuli.ADDRESSES;
import static dev.culvert.harness.stimulus.RouterStimuli.ADVERTISED;
import static dev.culvert.harness.stimulus.RouterStimuli.PREFIX;
import static dev.culvert.harness.stimulus.RouterStimuli.PREFIX_FROM_AFAR;
import static dev.culvert.harness.stimulus.RouterStimuli.ROUTES;
import static dev.culvert.harness.stimulus.RouterStimuli.ROUTES_BEFORE;
import static dev.culvert.harness.stimulus.RouterStimuli.SOLICITED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.topologies.Place;
import java.util.function.UnaryOperator;

/** Evidence of router discovery through a tunnel that does not keep to RFC 4861, RFC 4862 and RFC 4213. */
final class Rfc4861Damage {

    private static final String TOPOLOGY = "sit";

    /** Behind Ethernet and IPv4. */
    private static final int INNER = 14 + 20;

    private static final int HOP_LIMIT = INNER + 7;
    /** What is between IPv4 and the inner packet. */
    private static final int UDP_AND_GENEVE = 8 + 8;

    /** The first option, behind the inner header and the eight bytes of a router solicitation. */
    private static final int OPTION = INNER + 40 + 8;

    private Rfc4861Damage() {}

    @DamageOf(value = "RFC4861-6.3.4-DEFAULT-ROUTER", topology = TOPOLOGY)
    static Evidence somebodyElseIsTheRouter(Evidence good) {
        return new AnswerDamage(good, ADVERTISED, ROUTES)
                .entry("dst", "default", "/gateway", TextNode.valueOf("fe80::1"));
    }

    @DamageOf(value = "RFC4861-6.3.4-DEFAULT-ROUTER", topology = TOPOLOGY)
    static Evidence routerForLongerThanItSays(Evidence good) {
        return new AnswerDamage(good, ADVERTISED, ROUTES).entry("dst", "default", "/expires", TextNode.valueOf("9000"));
    }

    @DamageOf(value = "RFC4861-6.3.4-ON-LINK", topology = TOPOLOGY)
    static Evidence prefixBehindTheRouter(Evidence good) {
        return new AnswerDamage(good, ADVERTISED, ROUTES)
                .entry("dst", PREFIX.toString(), "/gateway", TextNode.valueOf("fe80::1"));
    }

    @DamageOf(value = "RFC4862-5.5.3-ADDRESS", topology = TOPOLOGY)
    static Evidence addressOfAnotherIdentifier(Evidence good) {
        return Damage.answer(good, ADVERTISED, ADDRESSES, 0, said -> said.replace("fff1::c633:", "fff1::c634:"));
    }

    @DamageOf(value = "RFC4861-6.3.4-DEFAULT-ROUTER", topology = "ip6gre")
    static Evidence somebodyElseIsTheRouterOverIpv6(Evidence good) {
        return new AnswerDamage(good, ADVERTISED, ROUTES)
                .entry("dst", "default", "/gateway", TextNode.valueOf("fe80::2"));
    }

    @DamageOf(value = "RFC4862-5.5.3-ADDRESS", topology = "ip6tnl")
    static Evidence addressOfAnotherPrefix(Evidence good) {
        return Damage.answer(good, ADVERTISED, ADDRESSES, 0, said -> said.replace("fff1:", "fff3:"));
    }

    @DamageOf(value = "RFC4861-6.1.2-HOP-LIMIT", topology = "gre-ipv6")
    static Evidence forwardedAdvertisementGivesARouterWithinGre(Evidence good) {
        return routeToo(good, ROUTES_BEFORE, "default");
    }

    @DamageOf(value = "RFC4862-5.5.3-ADDRESS", topology = "vti6")
    static Evidence addressOfNoIdentifierOfTheDevice(Evidence good) {
        return advertisedAddress(good, "a1b2:c3d4:e5f6:17");
    }

    @DamageOf(value = "RFC7217-5-IDENTIFIER", topology = "geneve-ip-ipv6")
    static Evidence identifierOfTheLinkLocalAddress(Evidence good) {
        return advertisedAddress(good, identifierOfLinkLocal(good));
    }

    @DamageOf(value = "RFC7217-5-IDENTIFIER", topology = "geneve-ip-ipv6")
    static Evidence addressThatIsNotSaidToBeStable(Evidence good) {
        return Damage.answer(good, ADVERTISED, ADDRESSES, 0, said -> said.replace("stable-privacy", "temporary"));
    }

    @DamageOf(value = "RFC7217-5-IDENTIFIER", topology = "geneve-ip-ipv6")
    static Evidence noAddressWithinThePrefix(Evidence good) {
        return Damage.answer(good, ADVERTISED, ADDRESSES, 0, said -> said.replace("fff1:", "fff3:"));
    }

    @DamageOf(value = "RFC4861-6.1.2-HOP-LIMIT", topology = "vti6-udp")
    static Evidence forwardedAdvertisementGivesARouterBehindIpsec(Evidence good) {
        return routeToo(good, ROUTES_BEFORE, "default");
    }

    @DamageOf(value = "RFC4861-6.3.4-ON-LINK", topology = "geneve-ip-ipv6")
    static Evidence prefixBehindTheRouterOverGeneve(Evidence good) {
        return prefixBehindTheRouter(good);
    }

    @DamageOf(value = "RFC4861-6.3.7-SOLICITATION", topology = "geneve-ip-ipv6")
    static Evidence solicitationOverGeneveThatMayBeForwarded(Evidence good) {
        return solicitation(good, bytes -> bytes.with(HOP_LIMIT + UDP_AND_GENEVE, 64));
    }

    @DamageOf(value = "RFC4861-6.3.7-SOLICITATION", topology = "vti6")
    static Evidence noSolicitationByIpsec(Evidence good) {
        return Damage.remove(good, SOLICITED, underlay(good), Rfc4861Damage::isSolicitation);
    }

    @DamageOf(value = "RFC4861-6.1.2-HOP-LIMIT", topology = TOPOLOGY)
    static Evidence forwardedAdvertisementGivesARouter(Evidence good) {
        return routeToo(good, ROUTES_BEFORE, "default");
    }

    @DamageOf(value = "RFC4861-6.1.2-HOP-LIMIT", topology = TOPOLOGY)
    static Evidence forwardedAdvertisementGivesAPrefix(Evidence good) {
        return routeToo(good, ROUTES, PREFIX_FROM_AFAR.toString());
    }

    @DamageOf(value = "RFC4861-6.3.7-SOLICITATION", topology = TOPOLOGY)
    static Evidence solicitationThatMayBeForwarded(Evidence good) {
        return solicitation(good, bytes -> bytes.with(HOP_LIMIT, 64));
    }

    @DamageOf(value = "RFC4213-3.8-LLADDR-RS", topology = TOPOLOGY)
    static Evidence solicitationTellsTheTargetsAddress(Evidence good) {
        return solicitation(good, bytes -> bytes.with(OPTION, 2));
    }

    private static Evidence routeToo(Evidence good, String answer, String destination) {
        String device = good.topology().b().tunnel().device();
        return new AnswerDamage(good, ADVERTISED, answer)
                .list(routes -> routes.addObject().put("dst", destination).put("dev", device));
    }

    private static Evidence solicitation(Evidence good, UnaryOperator<Bytes> change) {
        return Damage.rewrite(good, SOLICITED, underlay(good), Rfc4861Damage::isSolicitation, change);
    }

    private static CapturePoint underlay(Evidence good) {
        return new CapturePoint(Place.B, good.topology().b().underlay().device());
    }

    /** Gives the address within the prefix other last 64 bits. */
    private static Evidence advertisedAddress(Evidence good, String identifier) {
        return Damage.answer(
                good,
                ADVERTISED,
                ADDRESSES,
                0,
                said -> said.replaceAll("2001:db8:2:fff1:[0-9a-f:]+", "2001:db8:2:fff1:" + identifier));
    }

    private static String identifierOfLinkLocal(Evidence good) {
        String device = good.topology().b().tunnel().device();
        for (JsonNode address : good.configured(Place.B).address(device).path("addr_info")) {
            String local = address.path("local").asText();
            if (local.startsWith("fe80::")) {
                return local.substring("fe80::".length());
            }
        }
        throw new AssertionError(device + " has no link-local address");
    }

    private static boolean isSolicitation(Seen seen) {
        return seen.dissect()
                .icmpv6()
                .filter(icmp -> icmp.type() == Icmpv6Header.ROUTER_SOLICITATION)
                .isPresent();
    }
}
