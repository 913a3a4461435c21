package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GreStimuli.BITS;
import static dev.culvert.harness.stimulus.GreStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.GreStimuli.LEAST;
import static dev.culvert.harness.stimulus.GreStimuli.NUMBERED;
import static dev.culvert.harness.stimulus.GreStimuli.SHORT;
import static dev.culvert.harness.stimulus.GreStimuli.WCCP;
import static dev.culvert.harness.stimulus.GreStimuli.WCCP_REDIRECT;
import static dev.culvert.harness.stimulus.GreStimuli.ofLength;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Family;

@ConformanceTest("Linux, what a GRE device takes")
final class LinuxGreTest {

    private static final String PROVOKED = "A composes such packets.";
    private static final String OBSERVED = "B's echo replies on A's tunnel device, ICMP errors on A's underlay.";

    private final Evidence evidence;

    LinuxGreTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-GRE-SEQ-EXTRA",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_rcv, net/ipv6/ip6_tunnel.c __ip6_tnl_rcv",
            sentence = "A device without \"iseq\" takes packets that have a sequence number, whatever it is.",
            provoked = PROVOKED,
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"},
            needs = Trait.COMPOSED)
    void takesNumbersThatItDoesNotExpect(Judge judge) {
        ComposedPackets.during(evidence, COMPOSED).taken(judge, NUMBERED);
    }

    @Requirement(
            id = "LINUX-GRE-WCCP",
            level = Level.LINUX,
            source = "net/ipv4/gre_demux.c gre_parse_header",
            sentence =
                    "Protocol type 0x883e is taken for IPv4, with 4 bytes before it unless the version nibble is at once there.",
            provoked = PROVOKED,
            observed = OBSERVED,
            kinds = "gre",
            needs = {Trait.COMPOSED, Trait.BARE_HEADER})
    void takesWccp(Judge judge) {
        ComposedPackets packets = ComposedPackets.during(evidence, COMPOSED);
        packets.taken(judge, WCCP);
        packets.taken(judge, WCCP_REDIRECT);
    }

    @Requirement(
            id = "LINUX-GRE-MIN-12",
            level = Level.LINUX,
            source = "net/ipv4/gre_demux.c gre_rcv; net/ipv4/ip_tunnel.c ip_tunnel_rcv",
            sentence =
                    "Less than 12 bytes behind the outer header are dropped without a word; 12 find the tunnel, which counts a length "
                            + "error when no inner header fits.",
            provoked = "A composes packets of 4, 8, 11 and 12 bytes behind the outer header.",
            observed = OBSERVED + " rx_errors and rx_length_errors of B's tunnel device.",
            kinds = "gre",
            needs = {Trait.COMPOSED, Trait.BARE_HEADER})
    void dropsWhatIsTooShort(Judge judge) {
        ComposedPackets packets = ComposedPackets.beside(judge, evidence, BITS);
        SHORT.forEach(length -> judge.equal(
                "ICMP errors about " + length + " bytes",
                0,
                packets.errorsAbout(ofLength(length)).size()));
        judge.equal("ICMP errors about 12 bytes", 0, packets.errorsAbout(LEAST).size());
        judge.equal("rx_errors of B's tunnel device", 1L, packets.moved("rx_errors"));
        judge.equal("rx_length_errors of B's tunnel device", 1L, packets.moved("rx_length_errors"));
    }
}
