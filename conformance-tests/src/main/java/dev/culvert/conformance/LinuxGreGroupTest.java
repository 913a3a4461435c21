package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GreGroupStimuli.AT_THE_END;
import static dev.culvert.harness.stimulus.GreGroupStimuli.CLOSED_PORT;
import static dev.culvert.harness.stimulus.GreGroupStimuli.FROM_STRANGER;
import static dev.culvert.harness.stimulus.GreGroupStimuli.GROUPS_DOWN;
import static dev.culvert.harness.stimulus.GreGroupStimuli.GROUPS_UP;
import static dev.culvert.harness.stimulus.GreGroupStimuli.GROUPS_UP_AGAIN;
import static dev.culvert.harness.stimulus.GreGroupStimuli.MEMBERSHIP;
import static dev.culvert.harness.stimulus.GreGroupStimuli.REQUEST;
import static dev.culvert.harness.stimulus.GreGroupStimuli.TO_B_ALONE;
import static dev.culvert.harness.stimulus.GreGroupStimuli.TO_OTHER_GROUP;
import static dev.culvert.harness.stimulus.GreGroupStimuli.TRAFFIC;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.IgmpHeader;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.TunnelEnd;
import java.net.InetAddress;
import java.util.List;

@ConformanceTest("net/ipv4/ip_gre.c, a GRE device whose remote is a group")
class LinuxGreGroupTest {

    private static final int VERSION_3_REPORT = 0x22;
    /** Record types of RFC 3376 section 4.2.12: leaving, and joining for every source. */
    private static final int CHANGE_TO_INCLUDE = 3;

    private static final int CHANGE_TO_EXCLUDE = 4;

    private final Evidence evidence;
    private final TunnelEnd a;
    private final InetAddress group;

    LinuxGreGroupTest(Evidence evidence) {
        this.evidence = evidence;
        this.a = evidence.topology().a().tunnel();
        this.group = a.remote();
    }

    @Requirement(
            id = "RFC1112-6.4-GROUP-FRAME",
            level = Level.MUST,
            source = "RFC 1112 section 6.4; net/ipv4/arp.c arp_constructor, include/net/ip.h ip_ipgre_mc_map",
            sentence =
                    "Whatever B's address within is, the outer destination is the group, from A's own address; the frame is for 01:00:5e and the "
                            + "group's low 23 bits.",
            provoked = "A sends ICMP messages to B's internal address.",
            observed = "Ethernet destination, outer source and destination, on A's underlay.",
            groups = true,
            needs = Trait.TO_GROUP,
            kinds = "gre")
    void everythingIsSentToTheGroup(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (String label : List.of("length-28", "length-84", "df", "ttl-9")) {
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> {
                IpHeader outer = TunnelPackets.outerIp(seen);
                judge.equal("outer source", IpAddress.text(a.local()), IpAddress.text(outer.source()));
                judge.equal("outer destination", IpAddress.text(group), IpAddress.text(outer.destination()));
                judge.equal(
                        "destination of the frame",
                        frameOf(group),
                        seen.dissect()
                                .first(EthernetHeader.class)
                                .map(EthernetHeader::destination)
                                .orElse("none"),
                        seen,
                        0,
                        6);
            });
        }
    }

    @Requirement(
            id = "LINUX-GRE-GROUP-JOIN",
            level = Level.LINUX,
            source = "net/ipv4/ip_gre.c ipgre_open, ipgre_close; RFC 3376 section 5.1",
            sentence =
                    "A device is in its group on the device beneath for as long as it is up: going down leaves it, coming up joins it, and both are "
                            + "reported there.",
            provoked = "A's tunnel device goes down and up.",
            observed = "`ip maddr` of A's underlay meanwhile; IGMPv3 reports on A's underlay.",
            groups = true,
            needs = Trait.TO_GROUP,
            kinds = "gre")
    void deviceIsInTheGroupWhileItIsUp(Judge judge) {
        judge.equal("A is in the group with the device up", true, isIn(GROUPS_UP));
        judge.equal("A is in the group with the device down", false, isIn(GROUPS_DOWN));
        judge.equal("A is in the group with the device up again", true, isIn(GROUPS_UP_AGAIN));
        for (int change : new int[] {CHANGE_TO_INCLUDE, CHANGE_TO_EXCLUDE}) {
            long reports = evidence.during(MEMBERSHIP).atUnderlay(Place.A).stream()
                    .filter(seen -> reports(seen, change))
                    .count();
            judge.holds("reports of A with record type " + change, "at least 1", reports > 0, String.valueOf(reports));
        }
    }

    @Requirement(
            id = "LINUX-GRE-GROUP-RX",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_lookup, ip_tunnel_rcv",
            sentence =
                    "What comes to the group is taken from whomever it comes and counted as multicast; what comes to the server's own address, or to "
                            + "another group, is not.",
            provoked =
                    "A sends echo requests by its device, and composes some to the group from a stranger's address, to B alone, and to another group.",
            observed = "Echo replies on A's tunnel device; multicast of B's tunnel device.",
            groups = true,
            needs = Trait.TO_GROUP,
            kinds = "gre")
    void groupIsWhatIsListenedTo(Judge judge) {
        for (String label : List.of(REQUEST, FROM_STRANGER, AT_THE_END)) {
            judge.equal("echo replies to \"" + label + "\"", 1L, answers(label));
        }
        for (String label : List.of(TO_B_ALONE, TO_OTHER_GROUP)) {
            judge.equal("echo replies to \"" + label + "\"", 0L, answers(label));
        }
        // The three that are answered, and the one to a port that nobody has.
        judge.equal(
                "multicast of B's tunnel device", 4L, evidence.during(TRAFFIC).tunnelDelta(Place.B, "multicast"));
    }

    @Requirement(
            id = "LINUX-GRE-GROUP-HOST",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_rcv (PACKET_BROADCAST, which skb_scrub_packet in net/core/skbuff.c makes PACKET_HOST again)",
            sentence =
                    "What came to the group is to B as if it had come to B alone: about a port that nobody has, it sends an error, by the group.",
            provoked = "A sends B a datagram to a port that nobody has, by its device.",
            observed =
                    "Udp NoPorts of B; the ICMP error on A's tunnel device, and its outer destination on A's underlay.",
            groups = true,
            needs = Trait.TO_GROUP,
            kinds = "gre")
    void groupIsNoBroadcastToWhatIsWithin(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, TRAFFIC);
        packets.once(judge, CLOSED_PORT, packets.tunnel(Place.B));
        judge.equal("Udp NoPorts of B", 1L, packets.window().delta(Place.B, "snmp.Udp.NoPorts"));
        judge.equal(
                "ICMP errors about it on A's tunnel device",
                1,
                packets.errorsAbout(CLOSED_PORT, packets.tunnel(Place.A)).size());
        packets.errorsAbout(CLOSED_PORT, packets.underlay(Place.A))
                .forEach(seen -> judge.equal(
                        "outer destination of the error",
                        IpAddress.text(group),
                        IpAddress.text(TunnelPackets.outerIp(seen).destination())));
    }

    private boolean isIn(String answer) {
        return evidence.during(MEMBERSHIP)
                .answer(answer)
                .stdout()
                .lines()
                .anyMatch(line ->
                        line.strip().matches("inet +" + group.getHostAddress().replace(".", "\\.") + "( .*)?"));
    }

    private boolean reports(Seen seen, int change) {
        return seen.dissect()
                .first(IgmpHeader.class)
                .filter(igmp -> igmp.type() == VERSION_3_REPORT
                        && igmp.withPayload().length() >= 16
                        && igmp.withPayload().u8(8) == change
                        && igmp.withPayload().ipv4(12).equals(group))
                .isPresent();
    }

    private long answers(String label) {
        Echo answer = Echo.in(evidence.context()
                        .dissect(evidence.during(TRAFFIC).sent(label).bytes()))
                .orElseThrow()
                .answer();
        return evidence.during(TRAFFIC).atTunnel(Place.A).stream()
                .flatMap(seen -> Echo.in(seen.dissect()).stream())
                .filter(answer::equals)
                .count();
    }

    /** The Ethernet address of a group (RFC 1112 section 6.4). */
    private static String frameOf(InetAddress group) {
        byte[] bytes = group.getAddress();
        return String.format("01:00:5e:%02x:%02x:%02x", bytes[1] & 0x7f, bytes[2], bytes[3]);
    }
}
