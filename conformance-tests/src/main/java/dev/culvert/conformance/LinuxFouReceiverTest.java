package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.PositiveControl.AS_IT_SHOULD_BE;
import static dev.culvert.harness.stimulus.UdpStimuli.CHECKSUM_OR_NONE;
import static dev.culvert.harness.stimulus.UdpStimuli.CLOSED;
import static dev.culvert.harness.stimulus.UdpStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.UdpStimuli.EMPTY;
import static dev.culvert.harness.stimulus.UdpStimuli.NOT_IN_UDP;
import static dev.culvert.harness.stimulus.UdpStimuli.NO_LISTENER;
import static dev.culvert.harness.stimulus.UdpStimuli.OPEN_AGAIN;
import static dev.culvert.harness.stimulus.UdpStimuli.OTHER_INSIDE;
import static dev.culvert.harness.stimulus.UdpStimuli.OTHER_PORT;
import static dev.culvert.harness.stimulus.UdpStimuli.OTHER_SOURCE_PORT;
import static dev.culvert.harness.stimulus.UdpStimuli.WRONG_CHECKSUM;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Optional;

@ConformanceTest("net/ipv4/fou_core.c (fou.c before 6.4), UDP as FOU and GUE receive it")
@SpeaksOf(
        kinds = {"gre", "gretap", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"},
        inside = {Family.IPV4, Family.IPV6},
        outside = {Family.IPV4, Family.IPV6},
        needs = {Trait.IN_UDP, Trait.COMPOSED})
final class LinuxFouReceiverTest {

    private static final String PROVOKED =
            "A composes datagrams as its device sends them, each with an echo request inside and one thing changed.";
    private static final String OBSERVED = "B's echo replies on A's tunnel device, ICMP errors on A's underlay.";

    private final Evidence evidence;

    LinuxFouReceiverTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "FOU-RX-CSUM",
            level = Level.MUST,
            source =
                    "RFC 768; RFC 6936 section 4; net/ipv4/udp.c udp_queue_rcv_one_skb; net/ipv6/ip6_udp_tunnel.c udp_sock_create6",
            sentence =
                    "A datagram without a checksum is taken and one with a right checksum is too, whatever the device itself sends; one with "
                            + "a wrong checksum is discarded and counted by UDP.",
            provoked = PROVOKED,
            observed = OBSERVED + " InCsumErrors and InErrors of B's Udp or Udp6.")
    void checksum(Judge judge) {
        ComposedPackets packets = composed(judge);
        packets.taken(judge, AS_IT_SHOULD_BE);
        packets.taken(judge, CHECKSUM_OR_NONE);
        packets.ignored(judge, WRONG_CHECKSUM);
        counted(judge, packets.window(), "InCsumErrors", isTold() ? 1 : 2);
        counted(judge, packets.window(), "InErrors", isTold() ? 1 : 2);
    }

    @Requirement(
            id = "FOU-RX-SPORT",
            level = Level.LINUX,
            source = "net/ipv4/fou_core.c fou_udp_recv, gue_udp_recv",
            sentence =
                    "A datagram is taken whatever its source port: that says something to the path, and nothing to the receiver.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void anySourcePort(Judge judge) {
        composed(judge).taken(judge, OTHER_SOURCE_PORT);
    }

    @Requirement(
            id = "FOU-RX-PROTO",
            level = Level.LINUX,
            source = "net/ipv4/fou_core.c fou_udp_recv, net/ipv4/ip_input.c ip_protocol_deliver_rcu",
            sentence =
                    "The port alone says what is inside: a GRE header where the port is for IPv4 comes to nothing, and so does an IPv4 "
                            + "header where it is for GRE.",
            provoked = PROVOKED,
            observed = OBSERVED,
            needs = {Trait.FOU, Trait.COMPOSED})
    void portSaysWhatIsInside(Judge judge) {
        composed(judge).ignored(judge, OTHER_INSIDE);
    }

    @Requirement(
            id = "FOU-RX-ASYMMETRIC",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_rcv",
            sentence =
                    "A device with an encapsulation takes what the kind makes also right behind the outer header: the encapsulation is one "
                            + "of what it sends.",
            provoked = PROVOKED,
            observed = OBSERVED)
    void takesWhatIsNotInUdp(Judge judge) {
        composed(judge).taken(judge, NOT_IN_UDP);
    }

    @Requirement(
            id = "FOU-RX-SHORT",
            level = Level.LINUX,
            source = "net/ipv4/fou_core.c gue_udp_recv; net/ipv4/tunnel4.c tunnel4_rcv, net/ipv4/gre_demux.c gre_rcv",
            sentence = "A datagram without data is dropped without an ICMP error, and no device counts it.",
            provoked = PROVOKED,
            observed = "ICMP errors on A's underlay; rx_errors and rx_dropped of B's tunnel device.")
    void emptyDatagramIsDropped(Judge judge) {
        ComposedPackets packets = composed(judge);
        judge.equal(
                "ICMP errors about \"" + EMPTY + "\"",
                0,
                packets.errorsAbout(EMPTY).size());
        judge.equal("rx_errors of B's tunnel device", 0L, packets.moved("rx_errors"));
        judge.equal("rx_dropped of B's tunnel device", 0L, packets.moved("rx_dropped"));
    }

    @Requirement(
            id = "FOU-RX-NOPORT",
            level = Level.LINUX,
            source = "net/ipv4/udp.c __udp4_lib_rcv, net/ipv6/udp.c __udp6_lib_rcv; RFC 1122 section 4.1.3.1",
            sentence =
                    "A datagram to a port that nothing listens on is answered with ICMP type 3 code 3, over IPv6 ICMPv6 type 1 code 4, also when A's device sent it; over IPv6 "
                            + "one without a checksum is dropped.",
            provoked =
                    "A composes a datagram to another port; A sends an echo request through the tunnel while B's port is closed, and one "
                            + "more when it is open again.",
            observed = OBSERVED + " NoPorts of B's Udp or Udp6, over IPv6 InCsumErrors where there is no checksum.")
    void closedPortIsUnreachable(Judge judge) {
        if (isTold()) {
            composed(judge).refused(judge, OTHER_PORT);
        } else {
            composed(judge).ignored(judge, OTHER_PORT);
        }
        TunnelPackets packets = new TunnelPackets(evidence, NO_LISTENER);
        ComposedPackets answers = new ComposedPackets(packets.window());
        judge.control("B answered when its port was open again", answers.answered(OPEN_AGAIN));
        judge.control(
                "the packet to the closed port came to B",
                packets.of(CLOSED, packets.underlay(Place.B)).size() == 1);
        List<Seen> errors = packets.errorsAbout(CLOSED, packets.underlay(Place.A));
        judge.equal("ICMP errors about the packet to the closed port", isTold() ? 1 : 0, errors.size());
        for (Seen error : errors) {
            noSuchPort(judge, error);
        }
        counted(judge, packets.window(), "NoPorts", isTold() ? 1 : 0);
        counted(judge, packets.window(), "InCsumErrors", isTold() ? 0 : 1);
    }

    /** Judges by how much what B counts of UDP moved, over the IP that is between the servers. */
    private void counted(Judge judge, Window window, String counter, long expected) {
        boolean ipv4 = evidence.topology().outerFamily() == Family.IPV4;
        judge.equal(
                (ipv4 ? "Udp " : "Udp6 ") + counter + " of B",
                expected,
                window.delta(Place.B, (ipv4 ? "snmp.Udp." : "snmp6.Udp6") + counter));
    }

    /** Over IPv6 a datagram without a checksum that no socket is for is one with a wrong checksum. */
    private boolean isTold() {
        return evidence.topology().outerFamily() == Family.IPV4
                || evidence.topology().udpEncapsulation().orElseThrow().checksum();
    }

    private static void noSuchPort(Judge judge, Seen error) {
        Optional<Icmpv6Header> icmpv6 = error.dissect().icmpv6();
        if (icmpv6.isPresent()) {
            judge.field(error, icmpv6.get(), Icmpv6Header.TYPE, 1);
            judge.field(error, icmpv6.get(), Icmpv6Header.CODE, 4);
        } else {
            IcmpHeader icmp = error.dissect().icmp().orElseThrow();
            judge.field(error, icmp, IcmpHeader.TYPE, 3);
            judge.field(error, icmp, IcmpHeader.CODE, 3);
        }
    }

    private ComposedPackets composed(Judge judge) {
        ComposedPackets packets = ComposedPackets.during(evidence, COMPOSED);
        judge.control("a datagram as it should be was answered", packets.answered(AS_IT_SHOULD_BE));
        return packets;
    }
}
