package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DemuxStimuli.ALL_DOWN;
import static dev.culvert.harness.stimulus.DemuxStimuli.CANDIDATES;
import static dev.culvert.harness.stimulus.DemuxStimuli.COUNTED;
import static dev.culvert.harness.stimulus.DemuxStimuli.KNOWN;
import static dev.culvert.harness.stimulus.DemuxStimuli.UNMATCHED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.stimulus.DemuxStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("net/ipv4/ip_tunnel.c ip_tunnel_lookup and its likes over IPv6, which device takes a packet")
@SpeaksOf(
        inside = {Family.IPV4, Family.IPV6},
        outside = {Family.IPV4, Family.IPV6})
class LinuxDemuxTest {

    private static final String LOOKUP =
            "net/ipv4/ip_tunnel.c ip_tunnel_lookup, net/ipv6/ip6_tunnel.c ip6_tnl_lookup, net/ipv6/ip6_gre.c ip6gre_tunnel_lookup";

    private final Evidence evidence;
    private final DemuxCandidates candidates;

    LinuxDemuxTest(Evidence evidence) {
        this.evidence = evidence;
        this.candidates = new DemuxCandidates(evidence, "packets");
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
        Window window = observed(judge).window();
        List<String> order = candidates.order();
        candidates.eachInTurn(judge, window, order.subList(1, order.size()));
        candidates.fallbackLast(judge, window);
        candidates.noneForTheTunnel(judge, window);
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
            kinds = {"erspan", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip"})
    void deviceOfTheLinkTakesItFirst(Judge judge) {
        candidates.boundToTheLinkFirst(judge, observed(judge).window());
    }

    @Requirement(
            id = "LINUX-DEMUX-DOWN",
            level = Level.LINUX,
            source = LOOKUP + ", net/ipv4/tunnel4.c tunnel4_rcv, net/ipv6/tunnel6.c tunnel6_rcv",
            sentence =
                    "A device that is down takes nothing: the next candidate does, and when all are down the outer source gets ICMP "
                            + "type 3 code 3, or ICMPv6 type 1 code 4; where IPsec takes what is left of IP within IP, it is counted there instead.",
            provoked =
                    "The candidates on B go down one by one, the fallback device last; before there are any, and then, A composes one more packet.",
            observed =
                    "rx packets and flags of the devices; ICMP or ICMPv6 errors on A's underlay; XfrmInNoStates and XfrmInHdrError of B.",
            needs = {Trait.MATCHING_DEVICE, Trait.STRANGERS, Trait.OWN_ENDS},
            kinds = {"erspan", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip"})
    void deviceThatIsDownIsSkipped(Judge judge) {
        TunnelPackets packets = observed(judge);
        Listing devices = Listing.of(packets.window().answer(COUNTED));
        for (String device : candidates.order()) {
            judge.equal(
                    device + " is up at the end", false, devices.flags(device).contains("UP"));
        }
        candidates.eachInTurn(judge, packets.window(), candidates.order());
        Unclaimed.judge(judge, evidence, packets, UNMATCHED, ALL_DOWN);
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
            kinds = {"erspan", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"})
    void fallbackDeviceTakesTheRest(Judge judge) {
        if (evidence.topology().fallback()) {
            TunnelPackets packets = new TunnelPackets(evidence, DemuxStimuli.FALLBACK);
            candidates.fallbackStays(judge, packets.window());
            packets.once(judge, UNMATCHED, packets.tunnel(Place.B));
            judge.equal(
                    "rx_packets of " + candidates.fallback(),
                    2L,
                    packets.window().tunnelDelta(Place.B, "rx_packets"));
            return;
        }
        candidates.fallbackIsThere(judge);
        Window window = observed(judge).window();
        candidates.fallbackStays(judge, window);
        candidates.fallbackLast(judge, window);
    }

    private TunnelPackets observed(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, CANDIDATES);
        judge.control(
                "A's own packet came out of B's tunnel device",
                packets.of(KNOWN, packets.tunnel(Place.B)).size() == 1);
        return packets;
    }
}
