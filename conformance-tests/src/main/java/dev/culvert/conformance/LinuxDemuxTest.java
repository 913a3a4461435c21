package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DemuxStimuli.ALL_DOWN;
import static dev.culvert.harness.stimulus.DemuxStimuli.BY_BOTH;
import static dev.culvert.harness.stimulus.DemuxStimuli.BY_LINK;
import static dev.culvert.harness.stimulus.DemuxStimuli.BY_LOCAL;
import static dev.culvert.harness.stimulus.DemuxStimuli.BY_REMOTE;
import static dev.culvert.harness.stimulus.DemuxStimuli.CANDIDATES;
import static dev.culvert.harness.stimulus.DemuxStimuli.COUNTED;
import static dev.culvert.harness.stimulus.DemuxStimuli.KNOWN;
import static dev.culvert.harness.stimulus.DemuxStimuli.LEFT;
import static dev.culvert.harness.stimulus.DemuxStimuli.ORDER;
import static dev.culvert.harness.stimulus.DemuxStimuli.UNMATCHED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.stimulus.DemuxStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.Objects;

@ConformanceTest("net/ipv4/ip_tunnel.c ip_tunnel_lookup, which device takes a packet")
class LinuxDemuxTest {

    private static final String LOOKUP = "net/ipv4/ip_tunnel.c ip_tunnel_lookup";

    private final Evidence evidence;
    private final String fallback;

    LinuxDemuxTest(Evidence evidence) {
        this.evidence = evidence;
        this.fallback = Objects.requireNonNullElse(evidence.topology().kind().fallbackDevice(), "none");
    }

    @Requirement(
            id = "LINUX-DEMUX-ORDER",
            level = Level.LINUX,
            source = LOOKUP,
            sentence =
                    "Of the devices that match, the one with both addresses takes a packet, then the one with its source as remote, "
                            + "then the one with its destination as local, and the fallback device when no other does.",
            provoked =
                    "Four such devices on B; A composes 2, 3, 4 and 5 packets of a stranger while they go down in that order.",
            observed = "rx packets of each device; B's own tunnel device takes none of them.",
            needs = {Trait.MATCHING_DEVICE, Trait.COMPOSED, Trait.FALLBACK_TAKES, Trait.OWN_ENDS},
            kinds = {"erspan", "gre", "gretap", "ipip"})
    void mostSpecificDeviceTakesIt(Judge judge) {
        TunnelPackets packets = candidates(judge);
        Listing devices = Listing.of(packets.window().answer(COUNTED));
        for (String device : new String[] {BY_BOTH, BY_REMOTE, BY_LOCAL}) {
            judge.equal("rx packets of " + device, ORDER.indexOf(device) + 1L, devices.count(device, "rx", "packets"));
        }
        judge.equal("rx_packets of " + fallback, ORDER.size() + 1L, takenByFallback(packets));
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
            needs = {Trait.MATCHING_DEVICE, Trait.COMPOSED, Trait.OWN_ENDS},
            kinds = {"erspan", "gre", "gretap", "ipip"})
    void deviceOfTheLinkTakesItFirst(Judge judge) {
        Listing devices = Listing.of(candidates(judge).window().answer(COUNTED));
        judge.equal("rx packets of " + BY_LINK, 1L, devices.count(BY_LINK, "rx", "packets"));
        judge.equal("rx packets of " + BY_BOTH, 2L, devices.count(BY_BOTH, "rx", "packets"));
    }

    @Requirement(
            id = "LINUX-DEMUX-DOWN",
            level = Level.LINUX,
            source = LOOKUP + ", net/ipv4/tunnel4.c tunnel4_rcv",
            sentence =
                    "A device that is down takes nothing: the next candidate does, and when all are down the outer source gets ICMP "
                            + "type 3 code 3.",
            provoked =
                    "The candidates on B go down one by one, the fallback device last; then A composes one more packet.",
            observed = "rx packets and flags of the devices; ICMP errors on A's underlay.",
            needs = {Trait.MATCHING_DEVICE, Trait.COMPOSED, Trait.OWN_ENDS},
            kinds = {"erspan", "gre", "gretap", "ipip"})
    void deviceThatIsDownIsSkipped(Judge judge) {
        TunnelPackets packets = candidates(judge);
        Listing devices = Listing.of(packets.window().answer(COUNTED));
        for (String device : ORDER) {
            judge.equal(
                    device + " is up at the end", false, devices.flags(device).contains("UP"));
            judge.equal("rx packets of " + device, ORDER.indexOf(device) + 1L, devices.count(device, "rx", "packets"));
        }
        Unclaimed.judge(judge, evidence, packets, ALL_DOWN);
    }

    @Requirement(
            id = "LINUX-DEMUX-FALLBACK",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_init_net, ip_tunnel_dellink, ip_tunnel_lookup; net/ipv6/sit.c",
            sentence =
                    "The driver makes the fallback device in every network namespace, down and undeletable; while it is up it takes "
                            + "every packet of its kind that no other device takes.",
            provoked =
                    "B tries to delete the device; a stranger's packets come while it is up and nothing else matches.",
            observed = "Links of both servers; rx_packets of the device, or the packet on it where B receives on it.",
            needs = {Trait.COMPOSED, Trait.FALLBACK_TAKES, Trait.OWN_ENDS},
            inside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "gre", "gretap", "ipip", "sit"})
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
        judge.equal("rx_packets of " + fallback + " while up", ORDER.size() + 1L, takenByFallback(packets));
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
