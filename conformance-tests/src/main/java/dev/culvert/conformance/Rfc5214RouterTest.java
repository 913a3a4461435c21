package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.IsatapRouterStimuli.ADDRESSES;
import static dev.culvert.harness.stimulus.IsatapRouterStimuli.DEFAULT;
import static dev.culvert.harness.stimulus.IsatapRouterStimuli.LISTED;
import static dev.culvert.harness.stimulus.IsatapRouterStimuli.ROUTERS;
import static dev.culvert.harness.stimulus.IsatapRouterStimuli.UNLISTED;
import static dev.culvert.harness.stimulus.IsatapRouterStimuli.advertised;
import static dev.culvert.harness.stimulus.IsatapRouterStimuli.linkLocal;
import static dev.culvert.harness.stimulus.IsatapRouterStimuli.prefix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.IsatapAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Subnet;
import java.net.Inet4Address;
import java.util.List;
import java.util.stream.StreamSupport;

@ConformanceTest("RFC 5214 section 8.3, the potential router list of an ISATAP interface")
@SpeaksOf(
        inside = Family.IPV6,
        needs = {Trait.ISATAP, Trait.NO_ROUTERS},
        kinds = "sit")
final class Rfc5214RouterTest {

    private static final String PROVOKED =
            "A advertises itself to B and composes a packet as if it had forwarded it: while B's potential router list is empty, "
                    + "while A is on it by \"prl-nodefault\", and by \"prl-default\".";

    private final Evidence evidence;
    private final String device;

    Rfc5214RouterTest(Evidence evidence) {
        this.evidence = evidence;
        this.device = evidence.topology().b().tunnel().device();
    }

    @Requirement(
            id = "RFC5214-7.3-ROUTER",
            level = Level.MUST,
            source = "RFC 5214 section 7.3; net/ipv6/sit.c isatap_chksrc",
            sentence =
                    "What comes from an address on the potential router list is taken, whatever its inner source; what comes from one that "
                            + "is not there is dropped if its inner source is no ISATAP address.",
            provoked = PROVOKED,
            observed = "The packets whose inner source is no ISATAP address, on B's tunnel device, and its rx_errors.")
    void routersMayForward(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTERS);
        for (String standing : List.of(LISTED, DEFAULT)) {
            packets.once(judge, standing, packets.tunnel(Place.B));
        }
        judge.control(
                "the packet of who is not on the list came to B",
                packets.of(UNLISTED, packets.underlay(Place.B)).size() == 1);
        judge.equal(
                "times that it passed B's tunnel device",
                0,
                packets.of(UNLISTED, packets.tunnel(Place.B)).size());
        judge.equal("rx_errors of B's tunnel device", 1L, packets.window().tunnelDelta(Place.B, "rx_errors"));
    }

    @Requirement(
            id = "RFC5214-8.3-ADVERTISEMENT",
            level = Level.MUST,
            source = "RFC 5214 section 8.3; net/ipv6/sit.c isatap_chksrc, net/ipv6/ndisc.c ndisc_router_discovery",
            sentence =
                    "An advertisement is discarded of who is not on the potential router list; who is there and advertises itself becomes a "
                            + "default router, and its prefix gives the interface an address that ends as its others.",
            provoked = PROVOKED,
            observed =
                    "B's default route by its tunnel device behind each advertisement, and in the end the addresses of the device "
                            + "within the prefixes.")
    void advertisementsOfListedRoutersAreBelieved(Judge judge) {
        arrived(judge, UNLISTED);
        arrived(judge, DEFAULT);
        judge.equal("B's default router while its list is empty", "none", defaultRouter(UNLISTED));
        judge.equal(
                "B's default router with A on the list by prl-default",
                IpAddress.text(linkLocal(evidence.topology().a().tunnel())),
                defaultRouter(DEFAULT));
        addressesWithin(judge, prefix(UNLISTED), List.of());
        Inet4Address local = Ipv4.of(evidence.topology().b().tunnel().local());
        Subnet prefix = prefix(DEFAULT);
        addressesWithin(judge, prefix, List.of(IpAddress.text(IsatapAddress.of(prefix.network(), local))));
    }

    @Requirement(
            id = "LINUX-ISATAP-NODEFAULT",
            level = Level.LINUX,
            source = "ip-tunnel(8) prl-nodefault; net/ipv6/ndisc.c ndisc_router_discovery, NDISC_NODETYPE_NODEFAULT",
            sentence =
                    "Who is on the potential router list by \"prl-nodefault\" becomes no default router, whatever it advertises.",
            provoked = PROVOKED,
            observed = "B's default route by its tunnel device behind the second advertisement and behind the third.")
    void listedOtherwiseIsNoDefaultRouter(Judge judge) {
        arrived(judge, LISTED);
        judge.control(
                "A became a default router by prl-default",
                !defaultRouter(DEFAULT).equals("none"));
        judge.equal("B's default router with A on the list by prl-nodefault", "none", defaultRouter(LISTED));
    }

    private void arrived(Judge judge, String standing) {
        TunnelPackets packets = new TunnelPackets(evidence, ROUTERS);
        judge.control(
                "the advertisement came to B while A was " + standing,
                packets.of(advertised(standing), packets.underlay(Place.B)).size() == 1);
    }

    private String defaultRouter(String standing) {
        return Listing.of(evidence.during(ROUTERS).answer(standing)).routes(device).stream()
                .filter(route -> "default".equals(route.path("dst").asText()))
                .map(route -> route.path("gateway").asText())
                .findFirst()
                .orElse("none");
    }

    private void addressesWithin(Judge judge, Subnet prefix, List<String> expected) {
        JsonNode listed = Listing.of(evidence.during(ROUTERS).answer(ADDRESSES))
                .link(device)
                .path("addr_info");
        judge.equal(
                "addresses of " + device + " within " + prefix,
                expected,
                StreamSupport.stream(listed.spliterator(), false)
                        .map(address -> address.path("local").asText())
                        .filter(address ->
                                Ipv6.parse(address).filter(prefix::contains).isPresent())
                        .toList());
    }
}
