package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HostileStimuli.BEFORE_END;
import static dev.culvert.harness.stimulus.HostileStimuli.HONEST;
import static dev.culvert.harness.stimulus.HostileStimuli.HOSTILE;
import static dev.culvert.harness.stimulus.HostileStimuli.TWICE;
import static dev.culvert.harness.stimulus.HostileStimuli.lies;
import static dev.culvert.harness.stimulus.HostileStimuli.martians;
import static dev.culvert.harness.stimulus.HostileStimuli.staying;
import static dev.culvert.harness.stimulus.HostileStimuli.taken;
import static dev.culvert.harness.stimulus.HostileStimuli.tiny;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Window;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;

@ConformanceTest("net/ipv6/tunnel6.c, ip6_tunnel.c and ip6_input.c, packets whose inside is not what it says")
class LinuxIpv6HostileInputTest {

    private static final String PROVOKED =
            "A composes outer packets whose inner headers lie or have impossible addresses, and some that are as they should be.";

    /** What every interface hears of its neighbors, at times that nobody chooses. */
    private static final List<String> NEIGHBORS = List.of("Icmp6InNeighborSolicits", "Icmp6InNeighborAdvertisements");

    private final Evidence evidence;
    private final Topology topology;

    LinuxIpv6HostileInputTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "SEC-TINY-IPV6",
            level = Level.LINUX,
            source = "net/ipv6/tunnel6.c tunnel6_rcv, tunnel46_rcv",
            sentence =
                    "Over IPv6 a payload shorter than the inner header is dropped before any tunnel sees it, without an ICMPv6 error.",
            provoked =
                    "A composes outer packets with 0 and 1 bytes behind the header, and with one less than an inner header has.",
            observed = "B's tunnel device and its errors; ICMPv6 errors on A's underlay, beside an answered echo.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            kinds = "ip6tnl")
    void payloadShorterThanAHeaderIsDropped(Judge judge) {
        Unwrapped packets = hostile(judge);
        for (int length : tiny(topology)) {
            judge.equal(
                    "times that a payload of " + length + " bytes came out of B's tunnel device",
                    0,
                    packets.out(tiny(length)).size());
        }
        judge.equal("rx_errors of B's tunnel device", 0L, packets.window().tunnelDelta(Place.B, "rx_errors"));
        judge.equal("ICMPv6 errors to A", 0, packets.errors().size());
    }

    @Requirement(
            id = "SEC-INNER-HEADER-LIE-IPV6",
            level = Level.LINUX,
            source = "net/ipv6/ip6_input.c ip6_rcv_core",
            sentence =
                    "An inner IPv6 header that lies is found by the inner IPv6 input, after the device counted the packet: another version as a header "
                            + "error, a length beyond the data as truncated; one that ends before the data is trimmed and taken.",
            provoked = PROVOKED,
            observed =
                    "B's tunnel device; Ip6InTruncatedPkts of B; the echo reply at A, and no other than those to honest requests.",
            needs = {Trait.COMPOSED},
            inside = Family.IPV6,
            outside = Family.IPV6,
            kinds = {"ip6gre", "ip6gretap", "ip6tnl"})
    void lyingInnerHeadersAreFoundByTheInput(Judge judge) {
        Unwrapped packets = hostile(judge);
        for (String label : lies(topology)) {
            judge.equal(
                    "times that \"" + label + "\" came out of B's tunnel device",
                    1,
                    packets.out(label).size());
        }
        judge.equal("Ip6InTruncatedPkts of B", 1L, moved(packets, "Ip6InTruncatedPkts"));
        judge.equal("the trimmed echo request was answered", true, packets.answered(BEFORE_END));
        judge.equal("echo requests that B took", 3L, moved(packets, "Icmp6InEchos"));
    }

    @Requirement(
            id = "SEC-NESTED-RX-IPV6",
            level = Level.LINUX,
            source = "net/ipv6/ip6_tunnel.c __ip6_tnl_rcv",
            sentence =
                    "What comes out of a tunnel over IPv6 and is addressed to the same tunnel again is decapsulated again.",
            provoked = "A composes an echo request within two outer headers from its address to B's.",
            observed =
                    "B's tunnel device, on which the packet appears with one outer header and with none; the echo reply at A.",
            needs = {Trait.COMPOSED},
            inside = Family.IPV6,
            outside = Family.IPV6,
            kinds = {"ip6gre", "ip6gretap", "ip6tnl"})
    void packetWithinAPacketIsTakenApartTwice(Judge judge) {
        Unwrapped packets = hostile(judge);
        judge.equal(
                "times that it came out with one outer header",
                1,
                packets.out(TWICE).size());
        judge.equal(
                "times that it came out with none",
                1,
                packets.out(packets.carriedWithin(TWICE)).size());
        judge.equal("the echo request was answered", true, packets.answered(TWICE));
    }

    @Requirement(
            id = "LINUX-SNMP6-DISCARDS",
            level = Level.LINUX,
            source = "net/ipv6/ip6_input.c ip6_rcv_core, net/ipv6/ip6_output.c ip6_forward",
            sentence =
                    "Ip6InHdrErrors counts inner packets of another version and from or to addresses that no link may carry, Ip6InAddrErrors "
                            + "those whose source forbids to forward them.",
            provoked = PROVOKED,
            observed = "/proc/net/snmp6 of B.",
            needs = {Trait.COMPOSED, Trait.LAN},
            inside = Family.IPV6,
            outside = Family.IPV6,
            kinds = {"ip6gre", "ip6gretap", "ip6tnl"})
    void discardedInnerPacketsAreCounted(Judge judge) {
        Unwrapped packets = hostile(judge);
        judge.equal("Ip6InHdrErrors of B", 1L + martians(topology).size(), moved(packets, "Ip6InHdrErrors"));
        judge.equal("Ip6InAddrErrors of B", (long) staying(topology).size(), moved(packets, "Ip6InAddrErrors"));
        judge.equal("Ip6InUnknownProtos of B", 0L, moved(packets, "Ip6InUnknownProtos"));
    }

    @Requirement(
            id = "LINUX-SNMP6-RECEIVED",
            level = Level.LINUX,
            source = "net/ipv6/ip6_input.c ip6_rcv_core, ip6_protocol_deliver_rcu",
            sentence =
                    "Ip6InReceives counts each outer packet and again each packet that comes out of it; Ip6InDelivers each outer packet that a "
                            + "tunnel was given, also if it was too short for it, and each inner one that B took for itself.",
            provoked = PROVOKED,
            observed = "/proc/net/snmp6 of B, what its interfaces heard from neighbors not counted.",
            needs = {Trait.COMPOSED, Trait.LAN},
            inside = Family.IPV6,
            outside = Family.IPV6,
            kinds = {"ip6gre", "ip6gretap", "ip6tnl"})
    void outerAndInnerPacketsAreReceived(Judge judge) {
        Unwrapped packets = hostile(judge);
        Window window = packets.window();
        long outer = window.stimulus().sent().size();
        long inner = taken(topology).size() + 2L;
        long forItself = List.of(BEFORE_END, HONEST).size() + 2L;
        long neighbors =
                NEIGHBORS.stream().mapToLong(name -> moved(packets, name)).sum();
        judge.equal("Ip6InReceives of B", outer + inner, moved(packets, "Ip6InReceives") - neighbors);
        judge.equal("Ip6InDelivers of B", outer + forItself, moved(packets, "Ip6InDelivers") - neighbors);
    }

    private static long moved(Unwrapped packets, String counter) {
        return packets.window().delta(Place.B, "snmp6." + counter);
    }

    private Unwrapped hostile(Judge judge) {
        Unwrapped packets = Unwrapped.during(evidence, HOSTILE);
        judge.control("the honest echo request was answered", packets.answered(HONEST));
        return packets;
    }
}
