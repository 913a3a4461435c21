package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.PotentialRouterStimuli.BEHIND_ROUTER;
import static dev.culvert.harness.stimulus.PotentialRouterStimuli.FROM_H;
import static dev.culvert.harness.stimulus.PotentialRouterStimuli.FROM_ROUTER;
import static dev.culvert.harness.stimulus.PotentialRouterStimuli.FROM_STRANGER;
import static dev.culvert.harness.stimulus.PotentialRouterStimuli.LIST;
import static dev.culvert.harness.stimulus.PotentialRouterStimuli.LISTED;
import static dev.culvert.harness.stimulus.PotentialRouterStimuli.TO_H;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.regex.Pattern;

@ConformanceTest("RFC 5214 sections 7 and 8, the potential routers that a topology gives an ISATAP interface")
@SpeaksOf(inside = Family.IPV6, needs = Trait.ROUTER_LISTED, kinds = "sit")
final class Rfc5214ListTest {

    /** How {@code print_tunnel} in iproute2's ip/iptunnel.c says that a potential router may be a default one. */
    private static final Pattern DEFAULT_ROUTER = Pattern.compile(" pdr ([0-9.]+)");

    private final Evidence evidence;
    private final Topology topology;

    Rfc5214ListTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "LINUX-ISATAP-LIST-REPORTED",
            level = Level.LINUX,
            source =
                    "net/ipv6/sit.c ipip6_tunnel_add_prl and ipip6_tunnel_get_prl; iproute2 ip/iptunnel.c print_tunnel; RFC 5214 section 8.1",
            sentence =
                    "The list of an ISATAP interface has the potential routers that the topology gives it, each as one that may be a default "
                            + "router, and nobody else.",
            provoked = "B's device gets its potential routers when the topology is set up.",
            observed = "The addresses behind \"pdr\" in what `ip tunnel show` says of B's tunnel device.",
            needs = Trait.ROUTER_SHOWN)
    void listIsAsGiven(Judge judge) {
        CommandRecord answer = evidence.during(LISTED).answer(LIST);
        judge.control("`ip tunnel show` said something of B's tunnel device", answer.exit() == 0);
        judge.equal(
                "potential routers of B's tunnel device",
                topology.b().tunnel().potentialRouters().stream()
                        .map(IpAddress::text)
                        .sorted()
                        .toList(),
                DEFAULT_ROUTER
                        .matcher(answer.stdout())
                        .results()
                        .map(entry -> entry.group(1))
                        .sorted()
                        .toList());
    }

    @Requirement(
            id = "RFC5214-7.3-LISTED",
            level = Level.MUST,
            source = "RFC 5214 section 7.3; net/ipv6/sit.c isatap_chksrc",
            sentence =
                    "What comes from a potential router that the topology names is taken, though its inner source is no ISATAP address; the "
                            + "same from anybody else is dropped and counted.",
            provoked =
                    "A composes two packets to B whose inner source is no ISATAP address, with its own outer source and with a stranger's.",
            observed = "B's tunnel device, and its rx_errors.")
    void listedRouterIsTaken(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, LISTED);
        packets.once(judge, FROM_ROUTER, packets.tunnel(Place.B));
        judge.control(
                "the packet of the stranger came to B",
                packets.of(FROM_STRANGER, packets.underlay(Place.B)).size() == 1);
        judge.equal(
                "times that it passed B's tunnel device",
                0,
                packets.of(FROM_STRANGER, packets.tunnel(Place.B)).size());
        judge.equal("rx_errors of B's tunnel device", 1L, packets.window().tunnelDelta(Place.B, "rx_errors"));
    }

    @Requirement(
            id = "RFC5214-7-BEHIND-ROUTER",
            level = Level.MUST,
            source = "RFC 5214 sections 7.1 and 7.3; net/ipv6/sit.c ipip6_tunnel_xmit and isatap_chksrc",
            sentence =
                    "A network behind a potential router is reached: what is for it goes to the IPv4 address within the router's ISATAP "
                            + "address, and what comes from it is taken.",
            provoked = "H sends B a packet, and B sends H one.",
            observed = "B's tunnel device, and H; the outer destination, on B's underlay.",
            needs = Trait.ROUTER_WITH_LAN)
    void networkBehindTheRouterIsReached(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, BEHIND_ROUTER);
        packets.once(judge, FROM_H, packets.tunnel(Place.B));
        packets.once(judge, TO_H, packets.underlay(Place.B))
                .ifPresent(seen -> TunnelPackets.outerDestination(
                        judge, seen, topology.a().tunnel().local()));
        for (String label : List.of(FROM_H, TO_H)) {
            packets.once(judge, label, packets.host(Place.H));
        }
    }
}
