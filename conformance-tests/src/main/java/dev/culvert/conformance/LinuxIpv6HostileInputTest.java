package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HostileStimuli.BEFORE_END;
import static dev.culvert.harness.stimulus.HostileStimuli.HONEST;
import static dev.culvert.harness.stimulus.HostileStimuli.lies;
import static dev.culvert.harness.stimulus.HostileStimuli.martians;
import static dev.culvert.harness.stimulus.HostileStimuli.staying;
import static dev.culvert.harness.stimulus.HostileStimuli.taken;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Window;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;

@ConformanceTest("net/ipv6/tunnel6.c, ip6_tunnel.c and ip6_input.c, packets whose inside is not what it says")
@SpeaksOf(
        inside = Family.IPV6,
        outside = Family.IPV6,
        kinds = {"ip6gre", "ip6gretap", "ip6tnl"})
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
            kinds = "ip6tnl")
    void payloadShorterThanAHeaderIsDropped(Judge judge) {
        HostileInput.of(judge, evidence).tinyOnesAreDropped("ICMPv6");
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
            needs = Trait.COMPOSED)
    void lyingInnerHeadersAreFoundByTheInput(Judge judge) {
        HostileInput input = HostileInput.of(judge, evidence);
        Unwrapped packets = input.packets();
        for (String label : lies(topology)) {
            input.comesOut(label);
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
            needs = Trait.COMPOSED)
    void packetWithinAPacketIsTakenApartTwice(Judge judge) {
        HostileInput.of(judge, evidence).isTakenApartTwice();
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
            needs = {Trait.COMPOSED, Trait.LAN})
    void discardedInnerPacketsAreCounted(Judge judge) {
        Unwrapped packets = HostileInput.of(judge, evidence).packets();
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
            needs = {Trait.COMPOSED, Trait.LAN})
    void outerAndInnerPacketsAreReceived(Judge judge) {
        Unwrapped packets = HostileInput.of(judge, evidence).packets();
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
}
