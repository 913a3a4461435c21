package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.RouterStimuli.ADDRESSES;
import static dev.culvert.harness.stimulus.RouterStimuli.ADVERTISED;
import static dev.culvert.harness.stimulus.RouterStimuli.FROM_AFAR;
import static dev.culvert.harness.stimulus.RouterStimuli.LIFETIME;
import static dev.culvert.harness.stimulus.RouterStimuli.NEXT_DOOR;
import static dev.culvert.harness.stimulus.RouterStimuli.PREFIX;
import static dev.culvert.harness.stimulus.RouterStimuli.PREFIX_FROM_AFAR;
import static dev.culvert.harness.stimulus.RouterStimuli.ROUTES;
import static dev.culvert.harness.stimulus.RouterStimuli.ROUTES_BEFORE;
import static dev.culvert.harness.stimulus.RouterStimuli.SOLICITED;
import static dev.culvert.harness.stimulus.RouterStimuli.advertiser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.packet.NdOption;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

@ConformanceTest("RFC 4861 section 6, router discovery through a tunnel")
@SpeaksOf(
        inside = Family.IPV6,
        outside = {Family.IPV4, Family.IPV6},
        needs = {
            Trait.BARE_PACKETS,
            Trait.COMPOSED_OR_PROTECTED,
            Trait.MATCHING_DEVICE,
            Trait.NOT_IN_UDP,
            Trait.OWN_ENDS
        },
        kinds = {"geneve", "gre", "ip6gre", "ip6tnl", "sit", "vti6"})
class Rfc4861Test {

    private static final String ADVERTISES =
            "A composes encapsulated router advertisements: with a hop limit of 64, then of 255 and with another prefix.";

    private static final InetAddress ALL_ROUTERS = Ipv6.parse("ff02::2").orElseThrow();

    private final Evidence evidence;
    private final Topology topology;
    private final String device;

    Rfc4861Test(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
        this.device = topology.b().tunnel().device();
    }

    @Requirement(
            id = "RFC4861-6.3.4-DEFAULT-ROUTER",
            level = Level.MUST,
            source = "RFC 4861 section 6.3.4; net/ipv6/ndisc.c ndisc_router_discovery",
            sentence =
                    "Who advertises itself through the tunnel becomes a default router behind the tunnel device, for as long as it says.",
            provoked = ADVERTISES,
            observed = "B's default route by its tunnel device: next hop and the seconds that are left.")
    void advertisedRouterIsTheDefault(Judge judge) {
        Optional<JsonNode> route = route(ROUTES, "default");
        judge.equal(
                "next hop of B's default route by " + device,
                IpAddress.text(advertiser(topology)),
                route.map(found -> found.path("gateway").asText()).orElse("no such route"));
        route.ifPresent(found -> expires(judge, "default", found));
    }

    @Requirement(
            id = "RFC4861-6.3.4-ON-LINK",
            level = Level.MUST,
            source = "RFC 4861 section 6.3.4; net/ipv6/addrconf.c addrconf_prefix_rcv",
            sentence =
                    "A prefix that is advertised through the tunnel as on the link is behind the tunnel device, without a next hop.",
            provoked = ADVERTISES,
            observed = "B's route to that prefix by its tunnel device.")
    void advertisedPrefixIsOnTheLink(Judge judge) {
        String prefix = PREFIX.toString();
        Optional<JsonNode> route = route(ROUTES, prefix);
        judge.equal(
                "B's route to " + prefix + " by " + device,
                "without a next hop",
                route.map(found -> found.has("gateway") ? "with one" : "without a next hop")
                        .orElse("none"));
        route.ifPresent(found -> expires(judge, prefix, found));
    }

    @Requirement(
            id = "RFC4862-5.5.3-ADDRESS",
            level = Level.MUST,
            source =
                    "RFC 4862 section 5.5.3; net/ipv6/addrconf.c addrconf_prefix_rcv, ipv6_generate_eui64, or ipv6_inherit_eui64, as "
                            + "addrconf_ifid_sit has none",
            kinds = {"gre", "ip6gre", "ip6tnl", "sit", "vti6"},
            sentence =
                    "The tunnel device gets an address of the advertised prefix; its last 64 bits are those of the link-local address.",
            provoked = ADVERTISES,
            observed = "The addresses of B's tunnel device that are within the prefix.")
    void addressIsMadeOfThePrefix(Judge judge) {
        judge.equal(
                "addresses of " + device + " within " + PREFIX,
                List.of(IpAddress.text(withIdentifierOfLinkLocal())),
                advertisedAddresses().stream().map(IpAddress::text).toList());
    }

    @Requirement(
            id = "RFC7217-5-IDENTIFIER",
            level = Level.SHOULD,
            source =
                    "RFC 7217 section 5, RFC 8064 section 3; net/ipv6/addrconf.c addrconf_dev_config, which tells devices of ARPHRD_NONE to, "
                            + "addrconf_prefix_rcv, ipv6_generate_stable_address",
            kinds = "geneve",
            sentence =
                    "A tunnel device without a link-layer address gets an address of the advertised prefix whose last 64 bits are made for that prefix "
                            + "alone: they are not those of the link-local address.",
            provoked = ADVERTISES,
            observed =
                    "The addresses of B's tunnel device that are within the prefix, and what the kernel says of them.")
    void identifierIsMadeForThePrefix(Judge judge) {
        List<Inet6Address> found = advertisedAddresses();
        judge.equal("how many addresses " + device + " has within " + PREFIX, 1, found.size());
        for (Inet6Address address : found) {
            String text = IpAddress.text(address);
            judge.holds(
                    "address of " + device + " within " + PREFIX,
                    "with other last 64 bits than " + IpAddress.text(linkLocal()),
                    !address.equals(withIdentifierOfLinkLocal()),
                    text);
            judge.equal(
                    text + " is stable-privacy",
                    true,
                    addresses()
                            .filter(entry -> entry.path("local").asText().equals(text))
                            .allMatch(entry -> entry.path("stable-privacy").asBoolean()));
        }
    }

    @Requirement(
            id = "RFC4861-6.1.2-HOP-LIMIT",
            level = Level.MUST,
            source = "RFC 4861 section 6.1.2; net/ipv6/ndisc.c ndisc_rcv",
            sentence =
                    "An advertisement that may have been forwarded, for its hop limit is less than 255, is discarded: it gives neither a default "
                            + "router nor a prefix.",
            provoked = ADVERTISES,
            observed = "B's routes behind the first advertisement and behind both, by its tunnel device.")
    void forwardedAdvertisementIsDiscarded(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ADVERTISED);
        for (String label : List.of(FROM_AFAR, NEXT_DOOR)) {
            packets.once(judge, label, packets.tunnel(Place.B));
        }
        judge.control(
                "the other advertisement gave a default router",
                route(ROUTES, "default").isPresent());
        judge.equal(
                "B's default route by " + device + " after the first advertisement",
                "none",
                route(ROUTES_BEFORE, "default").map(JsonNode::toString).orElse("none"));
        judge.equal(
                "B's route to " + PREFIX_FROM_AFAR + " by " + device,
                "none",
                route(ROUTES, PREFIX_FROM_AFAR.toString())
                        .map(JsonNode::toString)
                        .orElse("none"));
    }

    @Requirement(
            id = "RFC4861-6.3.7-SOLICITATION",
            level = Level.SHOULD,
            source = "RFC 4861 section 6.3.7; net/ipv6/addrconf.c addrconf_dad_completed",
            sentence =
                    "Who takes advertisements asks for them through the tunnel once the device has its link-local address, with a hop limit of 255.",
            provoked = "B is told to solicit a router once, and its tunnel device gets its link-local address anew.",
            observed =
                    "Router solicitations on B's underlay: inner source, destination and hop limit, outer destination.")
    void routersAreSolicited(Judge judge) {
        List<Seen> solicitations = solicitations();
        judge.equal("router solicitations on B's underlay", 1, solicitations.size());
        for (Seen seen : solicitations) {
            TunnelPackets.outerDestination(judge, seen, topology.b().tunnel().remote());
            IpHeader inner = TunnelPackets.innerIp(seen);
            judge.equal("inner source", linkLocal(), inner.source());
            judge.equal("inner destination", ALL_ROUTERS, inner.destination());
            judge.field(seen, inner, Ipv6Header.HOP_LIMIT, 255);
        }
    }

    @Requirement(
            id = "RFC4213-3.8-LLADDR-RS",
            level = Level.SHOULD_NOT,
            source = "RFC 4213 section 3.8",
            kinds = "sit",
            sentence = "A router solicitation through the tunnel tells no link-layer address, for the device has none.",
            provoked = "B is told to solicit a router once, and its tunnel device gets its link-local address anew.",
            observed = "Options of the router solicitation, on B's underlay.")
    void solicitationTellsNoLinkLayerAddress(Judge judge) {
        List<Seen> solicitations = solicitations();
        judge.control("B solicited routers", !solicitations.isEmpty());
        for (Seen seen : solicitations) {
            judge.known(
                    "types of the options of the solicitation",
                    List.of(),
                    List.of((long) NdOption.SOURCE_LINK_LAYER_ADDRESS),
                    seen.dissect().all(NdOption.class).map(NdOption.TYPE::of).toList(),
                    "net/ipv6/ndisc.c ndisc_send_rs asks for addr_len alone, which net/ipv6/sit.c ipip6_tunnel_setup makes 4");
        }
    }

    /** The link-local address of B's tunnel device, which it had from the beginning. */
    private InetAddress linkLocal() {
        for (JsonNode address : evidence.configured(Place.B).address(device).path("addr_info")) {
            if ("inet6".equals(address.path("family").asText())
                    && "link".equals(address.path("scope").asText())) {
                return Ipv6.parse(address.path("local").asText()).orElseThrow();
            }
        }
        throw new NotObserved(device + " of B had no link-local address");
    }

    private void expires(Judge judge, String what, JsonNode route) {
        long left = route.path("expires").asLong(-1);
        judge.holds(
                "seconds that are left of the route to " + what,
                "1 … " + LIFETIME,
                left >= 1 && left <= LIFETIME,
                String.valueOf(left));
    }

    private Optional<JsonNode> route(String answer, String destination) {
        return Listing.of(evidence.during(ADVERTISED).answer(answer)).routes(device).stream()
                .filter(route -> destination.equals(route.path("dst").asText()))
                .findFirst();
    }

    /** The link-local address of B's tunnel device with the advertised prefix in place of its own. */
    private Inet6Address withIdentifierOfLinkLocal() {
        byte[] address = linkLocal().getAddress();
        System.arraycopy(PREFIX.network().getAddress(), 0, address, 0, 8);
        return Ipv6.address(address);
    }

    private List<Inet6Address> advertisedAddresses() {
        return addresses()
                .flatMap(entry -> Ipv6.parse(entry.path("local").asText()).stream())
                .filter(PREFIX::contains)
                .toList();
    }

    private Stream<JsonNode> addresses() {
        return StreamSupport.stream(
                Listing.of(evidence.during(ADVERTISED).answer(ADDRESSES))
                        .link(device)
                        .path("addr_info")
                        .spliterator(),
                false);
    }

    private List<Seen> solicitations() {
        return evidence.during(SOLICITED).atUnderlay(Place.B).stream()
                .filter(seen -> seen.dissect()
                        .icmpv6()
                        .filter(icmp -> icmp.type() == Icmpv6Header.ROUTER_SOLICITATION)
                        .isPresent())
                .toList();
    }
}
