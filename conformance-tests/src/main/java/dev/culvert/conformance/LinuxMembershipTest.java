package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.MulticastStimuli.GROUP;
import static dev.culvert.harness.stimulus.MulticastStimuli.MEMBERSHIP;
import static dev.culvert.harness.stimulus.MulticastStimuli.MEMBERSHIP_TTL;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.IgmpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("net/ipv4/igmp.c, group membership on a tunnel device")
class LinuxMembershipTest {

    private static final int VERSION_3_REPORT = 0x22;
    private static final int CHANGE_TO_EXCLUDE = 4;
    private static final int CHANGE_TO_INCLUDE = 3;
    private static final int REPORTS_OF_A_CHANGE = 2;

    private final Evidence evidence;

    LinuxMembershipTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-IGMP-MLD",
            level = Level.LINUX,
            source = "net/ipv4/igmp.c igmpv3_newpack, RFC 3376 sections 4.2 and 4.2.14",
            sentence =
                    "Joining and leaving a group are each reported twice into the tunnel, with router alert and inner TTL 1; an "
                            + "inheriting device sends them with outer TTL 1, which a router on the way ends, and a fixed TTL of 64 carries them to B.",
            provoked = "A joins and leaves a group on its tunnel device; with a router between also with \"ttl 64\".",
            observed =
                    "IGMPv3 reports on A's underlay and on B's tunnel device; ICMP type 11 code 0 from the router on A's underlay.",
            needs = {Trait.ROUTED, Trait.OWN_ENDS},
            kinds = {"erspan", "geneve", "gre", "gretap", "ipip", "sit"})
    void membershipIsReportedIntoTheTunnel(Judge judge) {
        judgeReports(judge, MEMBERSHIP);
        if (evidence.topology().router() != null) {
            judgeReports(judge, MEMBERSHIP_TTL);
        }
    }

    private void judgeReports(Judge judge, String stimulus) {
        TunnelPackets packets = new TunnelPackets(evidence, stimulus);
        int outerTtl = OptionsInForce.during(packets.window()).ttl(1);
        List<Seen> reports = reports(packets.leaving(Place.A));
        judge.equal(
                "reports of joining that left A during \"" + stimulus + "\"",
                REPORTS_OF_A_CHANGE,
                count(reports, CHANGE_TO_EXCLUDE));
        judge.equal(
                "reports of leaving that left A during \"" + stimulus + "\"",
                REPORTS_OF_A_CHANGE,
                count(reports, CHANGE_TO_INCLUDE));
        for (Seen report : reports) {
            Ipv4Header inner = TunnelPackets.inner(report);
            judge.field(report, TunnelPackets.outer(report), Ipv4Header.TTL, outerTtl);
            judge.field(report, inner, Ipv4Header.TTL, 1);
            // RFC 2113: router alert
            judge.equal("inner options", Bytes.parse("94 04 00 00"), inner.options(), report, inner.offset() + 20, 4);
        }
        boolean arrives = evidence.topology().router() == null || outerTtl > 1;
        judge.equal(
                "reports that came out of B's tunnel device during \"" + stimulus + "\"",
                arrives ? reports.size() : 0,
                reports(packets.window().atTunnel(Place.B)).size());
        judge.equal(
                "ICMP type 11 code 0 to A during \"" + stimulus + "\"",
                arrives ? 0 : reports.size(),
                expired(packets.window().atUnderlay(Place.A)));
    }

    /** The version 3 reports (RFC 3376 section 4.2) of the group. */
    private static List<Seen> reports(List<Seen> packets) {
        return packets.stream()
                .filter(seen -> seen.dissect()
                        .first(IgmpHeader.class)
                        .filter(igmp -> igmp.type() == VERSION_3_REPORT
                                && igmp.withPayload().length() >= 16)
                        .filter(igmp -> igmp.withPayload().ipv4(12).equals(GROUP))
                        .isPresent())
                .toList();
    }

    private static int count(List<Seen> reports, int recordType) {
        return (int) reports.stream()
                .filter(seen -> seen.dissect()
                        .first(IgmpHeader.class)
                        .filter(igmp -> igmp.withPayload().u8(8) == recordType)
                        .isPresent())
                .count();
    }

    private static int expired(List<Seen> packets) {
        return (int) packets.stream()
                .flatMap(seen -> seen.dissect().icmp().stream())
                .filter(icmp -> icmp.type() == IcmpHeader.TIME_EXCEEDED && icmp.code() == 0)
                .count();
    }
}
