package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv4Header.DF;
import static dev.culvert.harness.packet.Ipv4Header.FRAGMENT_OFFSET;
import static dev.culvert.harness.packet.Ipv4Header.MF;
import static dev.culvert.harness.packet.Ipv4Header.TOTAL_LENGTH;
import static dev.culvert.harness.stimulus.ForwardingStimuli.OUTER_TOO_LONG;
import static dev.culvert.harness.stimulus.FragmentStimuli.INNER_FRAGMENTS;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Objects;

@ConformanceTest("RFC 2003 section 3.1, the outer header and fragmentation")
class Rfc2003Section31FragmentationTest {

    private static final String SOURCE = "RFC 2003 section 3.1";
    private static final String BY_METADATA =
            "net/ipv4/ip_tunnel.c ip_md_tunnel_xmit: in external mode DF is what the metadata says, and a route's says nothing of it";

    private final Evidence evidence;

    Rfc2003Section31FragmentationTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2003-3.1-DF-SET",
            level = Level.MUST,
            source = SOURCE,
            sentence = "A packet that may not be fragmented gets an outer header that may not be fragmented either.",
            provoked = "A sends an ICMP message with DF set: as configured, with \"pmtudisc\" and with \"nopmtudisc\".",
            observed = "DF of the outer header, on A's underlay.",
            kinds = {"erspan", "gre", "gretap", "ipip", "sit"})
    void dfIsKept(Judge judge) {
        for (String stimulus : List.of(AS_CONFIGURED, FIXED, INHERITED)) {
            TunnelPackets packets = new TunnelPackets(evidence, stimulus);
            packets.once(judge, "df", packets.underlay(Place.A)).ifPresent(seen -> setOver(judge, seen));
        }
    }

    private void setOver(Judge judge, Seen seen) {
        Ipv4Header outer = TunnelPackets.outer(seen);
        if (evidence.topology().external()) {
            judge.knownField(seen, outer, DF, 1, 0, BY_METADATA);
        } else {
            judge.field(seen, outer, DF, 1);
        }
    }

    @Requirement(
            id = "RFC2003-3.1-DF-CLEAR",
            level = Level.MAY,
            source = SOURCE + "; ip-link(8): pmtudisc",
            sentence =
                    "A packet that may be fragmented gets outer DF with \"pmtudisc\", the default, and none with \"nopmtudisc\".",
            provoked =
                    "A sends an ICMP message with DF clear: as configured, with \"pmtudisc\" and with \"nopmtudisc\".",
            observed = "DF of the outer header, on A's underlay.",
            kinds = {"erspan", "gre", "gretap", "ipip", "sit"})
    void dfIsAdded(Judge judge) {
        for (String stimulus : List.of(AS_CONFIGURED, FIXED, INHERITED)) {
            TunnelPackets packets = new TunnelPackets(evidence, stimulus);
            int df = OptionsInForce.during(packets.window()).df(0);
            packets.once(judge, "no-df", packets.underlay(Place.A))
                    .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), DF, df));
        }
    }

    @Requirement(
            id = "RFC2003-3.1-FRAGOFF",
            level = Level.MUST,
            source = SOURCE,
            sentence =
                    "Fragments are encapsulated one by one: their own MF and offset stay inside, the outer header has neither.",
            provoked = "A sends the three fragments of one packet.",
            observed = "MF and fragment offset of the outer and the inner header, on A's underlay.",
            kinds = {"ipip", "sit"})
    void fragmentsStayInside(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, INNER_FRAGMENTS);
        for (int i = 1; i <= 3; i++) {
            boolean last = i == 3;
            int offset = (i - 1) * 576 / 8;
            packets.once(judge, "fragment-" + i, packets.underlay(Place.A)).ifPresent(seen -> {
                Ipv4Header outer = TunnelPackets.outer(seen);
                judge.field(seen, outer, MF, 0);
                judge.field(seen, outer, FRAGMENT_OFFSET, 0);
                Ipv4Header inner = TunnelPackets.inner(seen);
                judge.field(seen, inner, MF, last ? 0 : 1);
                judge.field(seen, inner, FRAGMENT_OFFSET, offset);
            });
        }
    }

    @Requirement(
            id = "RFC2003-3.1-FRAGMENT-OUTER",
            level = Level.MAY,
            source = SOURCE,
            sentence =
                    "A tunnel packet whose inner packet may be fragmented can be fragmented on its way, and arrives whole.",
            provoked = "With \"nopmtudisc\", H sends J a packet as long as the narrow link takes, DF clear.",
            observed = "One outer packet on A's underlay, its fragments on B's, the whole inner packet at J.",
            needs = {Trait.LAN, Trait.NARROW_PATH, Trait.IP_PAYLOAD, Trait.MATCHING_DEVICE},
            kinds = {"ipip", "sit"})
    void outerFragments(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, OUTER_TOO_LONG);
        int length = packets.window().sent("too-long").bytes().length();
        packets.once(judge, "too-long", packets.underlay(Place.A)).ifPresent(seen -> {
            Ipv4Header outer = TunnelPackets.outer(seen);
            judge.field(seen, outer, DF, 0);
            judge.field(seen, outer, MF, 0);
            judge.field(seen, outer, TOTAL_LENGTH, length + 20);
        });
        List<Seen> fragments = packets.window().atUnderlay(Place.B).stream()
                .filter(seen -> seen.dissect()
                        .outerIpv4()
                        .filter(ip -> ip.moreFragments() || ip.fragmentOffset() > 0)
                        .isPresent())
                .toList();
        judge.equal("fragments on B's underlay", 2, fragments.size());
        Lan lan = Objects.requireNonNull(evidence.topology().b().lan());
        packets.once(judge, "too-long", new CapturePoint(Place.J, lan.host().device()))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.inner(seen), TOTAL_LENGTH, length));
    }
}
