package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DemuxStimuli.ALL_DOWN;
import static dev.culvert.harness.stimulus.DemuxStimuli.BY_BOTH;
import static dev.culvert.harness.stimulus.DemuxStimuli.BY_LINK;
import static dev.culvert.harness.stimulus.DemuxStimuli.CANDIDATES;
import static dev.culvert.harness.stimulus.DemuxStimuli.COUNTED;
import static dev.culvert.harness.stimulus.DemuxStimuli.KNOWN;
import static dev.culvert.harness.stimulus.DemuxStimuli.LEFT;
import static dev.culvert.harness.stimulus.DemuxStimuli.UNMATCHED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.stimulus.DemuxStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Objects;

@ConformanceTest("net/ipv4/ip_tunnel.c ip_tunnel_lookup and its likes over IPv6, which device takes a packet")
class LinuxDemuxTest {

    private static final String LOOKUP =
            "net/ipv4/ip_tunnel.c ip_tunnel_lookup, net/ipv6/ip6_tunnel.c ip6_tnl_lookup, net/ipv6/ip6_gre.c ip6gre_tunnel_lookup";

    private final Evidence evidence;
    private final String fallback;
    private final List<String> order;

    LinuxDemuxTest(Evidence evidence) {
        this.evidence = evidence;
        this.fallback = Objects.requireNonNullElse(evidence.topology().kind().lastResort(), "none");
        this.order = DemuxStimuli.order(evidence.topology());
    }

    @Requirement(
            id = "LINUX-DEMUX-ORDER",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_lookup, net/ipv6/ip6_gre.c ip6gre_tunnel_lookup",
            sentence =
                    "Of the devices that match, the one with both addresses takes a packet, then the one with its source as remote, "
                            + "then the one with its destination as local, and the fallback device when no other does.",
            provoked =
                    "Four such devices on B; A composes 2, 3, 4 and 5 packets of a stranger while they go down in that order.",
            observed = "rx packets of each device; B's own tunnel device takes none of them.",
            needs = {Trait.MATCHING_DEVICE, Trait.STRANGERS, Trait.FALLBACK_TAKES, Trait.OWN_ENDS},
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ipip"})
    void mostSpecificDeviceTakesIt(Judge judge) {
        inOrder(judge);
    }

    @Requirement(
            id = "LINUX-DEMUX-IP6",
            level = Level.LINUX,
            source = "net/ipv6/ip6_tunnel.c ip6_tnl_lookup",
            sentence =
                    "Of the devices that match, the one with both addresses takes a packet, then the one with its destination as local, "
                            + "then the one with its source as remote, and the fallback device when no other does.",
            provoked =
                    "Four such devices on B; A composes 2, 3, 4 and 5 packets of a stranger while they go down in that order.",
            observed = "rx packets of each device; B's own tunnel device takes none of them.",
            needs = {Trait.MATCHING_DEVICE, Trait.STRANGERS, Trait.FALLBACK_TAKES, Trait.OWN_ENDS},
            inside = Family.IPV6,
            outside = Family.IPV6,
            kinds = "ip6tnl")
    void localComesBeforeRemote(Judge judge) {
        inOrder(judge);
    }

    private void inOrder(Judge judge) {
        TunnelPackets packets = candidates(judge);
        Listing devices = Listing.of(packets.window().answer(COUNTED));
        for (String device : order.subList(1, order.size())) {
            judge.equal("rx packets of " + device, order.indexOf(device) + 1L, devices.count(device, "rx", "packets"));
        }
        judge.equal("rx_packets of " + fallback, order.size() + 1L, takenByFallback(packets));
        judge.equal("rx_packets of B's own tunnel device", 1L, packets.window().tunnelDelta(Place.B, "rx_packets"));
    }

    @Requirement(
            id = "LINUX-DEMUX-LINK",
            level = Level.LINUX,
            source = LOOKUP,
            sentence =
                    "A device that is bound to the interface a packet came in by takes it before a device that matches both "
                            + "addresses and is bound to none.",
            provoked =
                    "On B a device with the stranger as remote, bound to the underlay, beside one with both addresses; one packet.",
            observed =
                    "rx packets of the bound device, and of the other one, which takes only the 2 packets that come later.",
            needs = {Trait.MATCHING_DEVICE, Trait.STRANGERS, Trait.OWN_ENDS},
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip"})
    void deviceOfTheLinkTakesItFirst(Judge judge) {
        Listing devices = Listing.of(candidates(judge).window().answer(COUNTED));
        judge.equal("rx packets of " + BY_LINK, 1L, devices.count(BY_LINK, "rx", "packets"));
        judge.equal("rx packets of " + BY_BOTH, 2L, devices.count(BY_BOTH, "rx", "packets"));
    }

    @Requirement(
            id = "LINUX-DEMUX-DOWN",
            level = Level.LINUX,
            source = LOOKUP + ", net/ipv4/tunnel4.c tunnel4_rcv, net/ipv6/tunnel6.c tunnel6_rcv",
            sentence =
                    "A device that is down takes nothing: the next candidate does, and when all are down the outer source gets ICMP "
                            + "type 3 code 3, or ICMPv6 type 1 code 4.",
            provoked =
                    "The candidates on B go down one by one, the fallback device last; then A composes one more packet.",
            observed = "rx packets and flags of the devices; ICMP or ICMPv6 errors on A's underlay.",
            needs = {Trait.MATCHING_DEVICE, Trait.STRANGERS, Trait.OWN_ENDS},
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip"})
    void deviceThatIsDownIsSkipped(Judge judge) {
        TunnelPackets packets = candidates(judge);
        Listing devices = Listing.of(packets.window().answer(COUNTED));
        for (String device : order) {
            judge.equal(
                    device + " is up at the end", false, devices.flags(device).contains("UP"));
            judge.equal("rx packets of " + device, order.indexOf(device) + 1L, devices.count(device, "rx", "packets"));
        }
        Unclaimed.judge(judge, evidence, packets, ALL_DOWN);
    }

    @Requirement(
            id = "LINUX-DEMUX-FALLBACK",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_init_net, ip_tunnel_dellink, ip_tunnel_lookup; net/ipv6/sit.c; "
                            + "net/ipv6/ip6_tunnel.c ip6_tnl_init_net, ip6_tnl_dellink; net/ipv6/ip6_gre.c ip6gre_init_net, ip6gre_dellink",
            sentence =
                    "The driver makes the fallback device in every network namespace, down and undeletable; while it is up it takes "
                            + "every packet of its kind that no other device takes.",
            provoked =
                    "B tries to delete the device; a stranger's packets come while it is up and nothing else matches.",
            observed = "Links of both servers; rx_packets of the device, or the packet on it where B receives on it.",
            needs = {Trait.STRANGERS, Trait.FALLBACK_TAKES, Trait.OWN_ENDS},
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"})
    void fallbackDeviceTakesTheRest(Judge judge) {
        if (evidence.topology().fallback()) {
            TunnelPackets packets = new TunnelPackets(evidence, DemuxStimuli.FALLBACK);
            stays(judge, packets);
            packets.once(judge, UNMATCHED, packets.tunnel(Place.B));
            judge.equal("rx_packets of " + fallback, 2L, packets.window().tunnelDelta(Place.B, "rx_packets"));
            return;
        }
        for (Place place : new Place[] {Place.A, Place.B}) {
            Listing links = new Listing(evidence.configured(place).links());
            judge.equal(
                    fallback + " is missing on " + place.id(),
                    false,
                    links.link(fallback).isMissingNode());
            judge.equal(
                    fallback + " is up on " + place.id(),
                    false,
                    links.flags(fallback).contains("UP"));
        }
        TunnelPackets packets = candidates(judge);
        stays(judge, packets);
        judge.equal("rx_packets of " + fallback + " while up", order.size() + 1L, takenByFallback(packets));
    }

    private TunnelPackets candidates(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, CANDIDATES);
        judge.control(
                "A's own packet came out of B's tunnel device",
                packets.of(KNOWN, packets.tunnel(Place.B)).size() == 1);
        return packets;
    }

    private void stays(Judge judge, TunnelPackets packets) {
        Listing left = Listing.of(packets.window().answer(LEFT));
        judge.equal(
                fallback + " is gone when B deletes it",
                false,
                left.link(fallback).isMissingNode());
    }

    private long takenByFallback(TunnelPackets packets) {
        return packets.window().delta(Place.B, "link." + fallback + ".rx_packets");
    }
}
