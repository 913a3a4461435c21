package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HostileStimuli.BAD_CHECKSUM;
import static dev.culvert.harness.stimulus.HostileStimuli.BEFORE_END;
import static dev.culvert.harness.stimulus.HostileStimuli.BEYOND_DATA;
import static dev.culvert.harness.stimulus.HostileStimuli.SHORT_IHL;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;

@ConformanceTest("net/ipv4/tunnel4.c, ipip.c and ip_input.c, packets whose inside is not what it says")
class LinuxHostileInputTest {

    private final Evidence evidence;

    LinuxHostileInputTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "SEC-TINY",
            level = Level.LINUX,
            source = "net/ipv4/tunnel4.c tunnel4_rcv",
            sentence =
                    "A payload shorter than an IPv4 header is dropped before any tunnel sees it, without an ICMP error.",
            provoked = "A composes outer packets of protocol 4 with 0, 1 and 19 bytes behind the header.",
            observed = "B's tunnel device and its errors; ICMP errors on A's underlay, beside an answered echo.",
            kinds = {"ipip", "sit"})
    void payloadShorterThanAHeaderIsDropped(Judge judge) {
        HostileInput.of(judge, evidence).tinyOnesAreDropped("ICMP");
    }

    @Requirement(
            id = "SEC-INNER-HEADER-LIE",
            level = Level.LINUX,
            source = "net/ipv4/ip_input.c ip_rcv_core",
            sentence =
                    "An inner header that lies is found by the inner IP input, after the device counted the packet: a wrong checksum and "
                            + "a short ihl as header errors, a total length beyond the data as truncated; one that ends before the data is "
                            + "trimmed and taken.",
            provoked = "A composes outer packets with such inner headers; the last one carries an echo request.",
            observed =
                    "B's tunnel device; Ip InHdrErrors, IpExt InCsumErrors and InTruncatedPkts of B; the echo reply at A.",
            needs = Trait.COMPOSED,
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"})
    void lyingInnerHeadersAreFoundByTheInput(Judge judge) {
        HostileInput input = HostileInput.of(judge, evidence);
        Unwrapped packets = input.packets();
        for (String label : new String[] {BAD_CHECKSUM, SHORT_IHL, BEYOND_DATA, BEFORE_END}) {
            input.comesOut(label);
        }
        judge.equal("Ip InHdrErrors of B", 2L, packets.window().delta(Place.B, "snmp.Ip.InHdrErrors"));
        judge.equal("IpExt InCsumErrors of B", 1L, packets.window().delta(Place.B, "netstat.IpExt.InCsumErrors"));
        judge.equal("IpExt InTruncatedPkts of B", 1L, packets.window().delta(Place.B, "netstat.IpExt.InTruncatedPkts"));
        judge.equal("the trimmed echo request was answered", true, packets.answered(BEFORE_END));
    }

    @Requirement(
            id = "SEC-NESTED-RX",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_rcv",
            sentence = "What comes out of a tunnel and is addressed to the same tunnel again is decapsulated again.",
            provoked = "A composes an echo request within two outer headers from its address to B's.",
            observed =
                    "B's tunnel device, on which the packet appears with one outer header and with none; the echo reply at A.",
            needs = Trait.COMPOSED,
            kinds = {"erspan", "geneve", "gre", "gretap", "ipip", "sit"})
    void packetWithinAPacketIsTakenApartTwice(Judge judge) {
        HostileInput.of(judge, evidence).isTakenApartTwice();
    }
}
