package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GreFrameStimuli.BARE_IPV4;
import static dev.culvert.harness.stimulus.GreFrameStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.GreFrameStimuli.CUT;
import static dev.culvert.harness.stimulus.GreFrameStimuli.CUT_IPV4;
import static dev.culvert.harness.stimulus.GreFrameStimuli.ONLY_HEADER;
import static dev.culvert.harness.stimulus.GreStimuli.UNKNOWN_TYPE;
import static dev.culvert.harness.stimulus.PositiveControl.AS_IT_SHOULD_BE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.stimulus.GreFrameStimuli;
import dev.culvert.harness.stimulus.GreStimuli;
import dev.culvert.topologies.Family;
import java.util.stream.Stream;

@ConformanceTest("Linux, what a GRE device that carries frames takes")
final class LinuxGretapTest {

    private static final String OBSERVED = "B's echo replies on A's tunnel device, ICMP errors on A's underlay.";

    private final Evidence evidence;

    LinuxGretapTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-GRETAP-SHORT",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel_core.c __iptunnel_pull_header, net/ipv4/ip_tunnel.c ip_tunnel_rcv pskb_inet_may_pull",
            sentence =
                    "A frame shorter than an Ethernet header is dropped without a word or a count; one of type IPv4 without a whole IPv4 "
                            + "header counts as a length error; one that is nothing but a header is taken.",
            provoked =
                    "A composes GRE packets with frames of 8, 13, 14 and 33 bytes of type IPv4, and of 14 of an unknown type.",
            observed = OBSERVED + " rx_packets, rx_errors and rx_length_errors of B's tunnel device.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gretap", "ip6gretap"},
            needs = Trait.COMPOSED)
    void dropsFramesThatAreTooShort(Judge judge) {
        ComposedPackets packets = composed(judge);
        Stream<String> labels = Stream.of(
                        CUT.stream().map(GreFrameStimuli::cut),
                        CUT_IPV4.stream().map(GreFrameStimuli::cutIpv4),
                        Stream.of(ONLY_HEADER))
                .flatMap(all -> all);
        labels.forEach(label -> judge.equal(
                "ICMP errors about \"" + label + "\"",
                0,
                packets.errorsAbout(label).size()));
        judge.equal("rx_errors of B's tunnel device", (long) CUT_IPV4.size(), packets.moved("rx_errors"));
        judge.equal("rx_length_errors of B's tunnel device", (long) CUT_IPV4.size(), packets.moved("rx_length_errors"));
        // the frame that is nothing but a header, the one that is as it should be, and the bare packet where it is
        // taken for
        // one
        judge.equal("rx_packets of B's tunnel device", takesEveryType() ? 3L : 2L, packets.moved("rx_packets"));
    }

    @Requirement(
            id = "LINUX-GRETAP-TYPE",
            level = Level.LINUX,
            source = "net/ipv4/ip_gre.c ipgre_rcv, gre_rcv; net/ipv6/ip6_gre.c ip6gre_tunnel_lookup",
            sentence =
                    "A device that carries frames takes protocol type 0x6558 only: a bare IPv4 packet, or a type that nobody knows, from the same "
                            + "encapsulator finds no tunnel. One of GRE over IPv6 in external mode takes whatever comes for a frame, so that nobody is told.",
            provoked = "A composes a GRE packet of type 0x0800 with an echo request, and one of type 0x1234.",
            observed = OBSERVED,
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gretap", "ip6gretap"},
            needs = Trait.COMPOSED)
    void takesFramesOnly(Judge judge) {
        ComposedPackets frames = composed(judge);
        ComposedPackets others = ComposedPackets.during(evidence, GreStimuli.COMPOSED);
        if (takesEveryType()) {
            frames.ignored(judge, BARE_IPV4);
            others.taken(judge, UNKNOWN_TYPE);
        } else {
            frames.refused(judge, BARE_IPV4);
            others.refused(judge, UNKNOWN_TYPE);
        }
    }

    /** In external mode {@code ip6gre_tunnel_lookup} gives a device every packet that no other one takes, whatever it carries. */
    private boolean takesEveryType() {
        return evidence.topology().b().tunnel().external()
                && evidence.topology().outerFamily() == Family.IPV6;
    }

    private ComposedPackets composed(Judge judge) {
        ComposedPackets packets = ComposedPackets.during(evidence, COMPOSED);
        judge.control("a frame as it should be was answered", packets.answered(AS_IT_SHOULD_BE));
        return packets;
    }
}
