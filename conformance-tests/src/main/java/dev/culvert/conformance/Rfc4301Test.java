package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.EspStimuli.FITTING;
import static dev.culvert.harness.stimulus.EspStimuli.NOT_BELIEVED;
import static dev.culvert.harness.stimulus.EspStimuli.ONE_TOO_LONG;
import static dev.culvert.harness.stimulus.EspStimuli.OTHER_MARK;
import static dev.culvert.harness.stimulus.EspStimuli.OTHER_REMOTE;
import static dev.culvert.harness.stimulus.EspStimuli.PATH_MTU;
import static dev.culvert.harness.stimulus.EspStimuli.TOLD;
import static dev.culvert.harness.stimulus.EspStimuli.TOLD_OF_NOBODYS;
import static dev.culvert.harness.stimulus.EspStimuli.TOLD_OF_OWN;
import static dev.culvert.harness.stimulus.EspStimuli.UNPROTECTED;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.packet.UdpHeader;
import dev.culvert.harness.stimulus.HeaderStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.TunnelEnd;
import java.util.List;

@ConformanceTest("RFC 4301, security architecture: policies, and the outer header of tunnel mode")
@SpeaksOf(kinds = {"vti", "vti6"})
class Rfc4301Test {

    private final Evidence evidence;

    Rfc4301Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC4301-5.1.2.1-ADDRESSES",
            level = Level.MUST,
            source = "RFC 4301 sections 5.1.2.1 and 5.1.2.2",
            sentence =
                    "The outer header of tunnel mode has the addresses of the state, their version, and neither options nor extension headers.",
            provoked = "A sends ICMP or ICMPv6 messages, one with an option.",
            observed = "Outer header of the packets on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6})
    void outerHeaderIsTheStates(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        TunnelEnd end = evidence.topology().a().tunnel();
        for (String label : List.of("length-84", "router-alert")) {
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> {
                IpHeader outer = TunnelPackets.outerIp(seen);
                judge.equal(
                        "version of the outer header", Family.of(end.local()).version(), outer.version());
                judge.equal(
                        "bytes between the outer addresses and ESP",
                        evidence.topology().espInUdp() ? UdpHeader.LENGTH : 0,
                        ProtectedPackets.header(seen).orElseThrow().offset()
                                - outer.offset()
                                - Family.of(end.local()).headerLength());
                judge.equal("outer source", IpAddress.text(end.local()), IpAddress.text(outer.source()));
                judge.equal("outer destination", IpAddress.text(end.remote()), IpAddress.text(outer.destination()));
            });
        }
    }

    @Requirement(
            id = "RFC4301-5.1.2.1-DSCP",
            level = Level.MUST,
            source =
                    "RFC 4301 section 5.1.2.1, RFC 6040 section 4.1; net/xfrm/xfrm_output.c xfrm4_tunnel_encap_add, xfrm6_tunnel_encap_add",
            sentence =
                    "The outer DSCP is the inner one, and so is the outer ECN field, except that Linux makes ECT(0) of CE.",
            provoked = "A sends ICMP or ICMPv6 messages with DSCP 46 and every ECN field.",
            observed = "TOS or traffic class of the outer header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6})
    void outerTosIsTheInnerOne(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (int tos : new int[] {0xb8, 0xb9, 0xba}) {
            packets.once(judge, "tos-" + Integer.toHexString(tos), packets.underlay(Place.A))
                    .ifPresent(seen -> {
                        IpHeader outer = TunnelPackets.outerIp(seen);
                        judge.field(seen, outer, outer.trafficClassField(), tos);
                    });
        }
        packets.once(judge, "tos-bb", packets.underlay(Place.A)).ifPresent(seen -> {
            IpHeader outer = TunnelPackets.outerIp(seen);
            judge.knownField(
                    seen,
                    outer,
                    outer.trafficClassField(),
                    0xbb,
                    0xba,
                    "include/net/inet_ecn.h INET_ECN_encapsulate, by the rule of RFC 3168 section 9.1.1");
        });
    }

    @Requirement(
            id = "RFC4301-5.1.2.2-FLOW",
            level = Level.MUST,
            source = "RFC 4301 section 5.1.2.2; net/xfrm/xfrm_output.c xfrm6_tunnel_encap_add, xfrm6_extract_header",
            sentence =
                    "The flow label of an outer IPv6 header is that of the inner one, and 0 over IPv4, which has none.",
            provoked = "A sends ICMPv6 messages of flow label 0xbeef5 and 0, or ICMP messages.",
            observed = "Flow label of the outer header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            kinds = "vti6")
    void flowLabelIsTheInnerOne(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        boolean labelled = evidence.topology().innerFamily() == Family.IPV6;
        for (String label : labelled ? List.of("flow-label", "length-84") : List.of("no-df", "length-84")) {
            int expected = label.equals("flow-label") ? HeaderStimuli.FLOW_LABEL : 0;
            packets.once(judge, label, packets.underlay(Place.A))
                    .ifPresent(seen -> judge.field(seen, TunnelPackets.outerIp(seen), Ipv6Header.FLOW_LABEL, expected));
        }
    }

    @Requirement(
            id = "RFC4301-8.1-DF",
            level = Level.MUST,
            source = "RFC 4301 section 8.1; net/xfrm/xfrm_output.c xfrm4_tunnel_encap_add",
            sentence = "Unless a state says otherwise, the outer DF bit is the inner one.",
            provoked = "A sends an ICMP message with DF and one without.",
            observed = "DF of the outer header, on A's underlay.",
            kinds = {"vti"})
    void outerDfIsTheInnerOne(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        packets.once(judge, "df", packets.underlay(Place.A))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.DF, 1));
        packets.once(judge, "no-df", packets.underlay(Place.A))
                .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), Ipv4Header.DF, 0));
    }

    @Requirement(
            id = "RFC4301-5.1-NO-PLAINTEXT",
            level = Level.MUST,
            source =
                    "RFC 4301 section 5.1; net/ipv4/ip_vti.c vti_xmit, vti_state_check; net/ipv6/ip6_vti.c vti6_xmit, vti6_state_check",
            sentence =
                    "A packet that no policy with the device's mark is for, or that no state protects, leaves neither protected nor plain: "
                            + "it is a tx error for want of a carrier.",
            provoked =
                    "A sends by its device while its key is the mark of no policy, and while the policy asks for a state to nobody.",
            observed = "A's underlay; tx_errors and tx_carrier_errors of A's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6})
    void nothingLeavesUnprotected(Judge judge) {
        for (String stimulus : List.of(OTHER_MARK, OTHER_REMOTE)) {
            TunnelPackets packets = new TunnelPackets(evidence, stimulus);
            judge.control(
                    "the packet came to A's tunnel device",
                    packets.of(UNPROTECTED, packets.tunnel(Place.A)).size() == 1);
            judge.equal(
                    "packets on A's underlay during \"" + stimulus + "\"",
                    0,
                    packets.window().atUnderlay(Place.A).size());
            for (String counter : List.of("tx_errors", "tx_carrier_errors")) {
                judge.equal(
                        counter + " of A's tunnel device during \"" + stimulus + "\"",
                        1L,
                        packets.window().tunnelDelta(Place.A, counter));
            }
        }
    }

    @Requirement(
            id = "RFC4301-8.2.1-PMTU",
            level = Level.MUST,
            source =
                    "RFC 4301 sections 8.2.1 and 6.1.1; net/ipv4/ip_vti.c vti4_err, net/ipv6/ip6_vti.c vti6_err, net/xfrm/xfrm_policy.c xfrm_init_pmtu",
            sentence =
                    "What A is told of the path's MTU is believed only about a state of its own; then a packet that is too long for the path, once "
                            + "protected, is not sent, and its source is told the longest that is not. Within UDP Linux looks at the ports only.",
            provoked =
                    "B tells A that the path carries 1400 bytes: about an SPI that A does not send by, then about A's. H sends J a packet that is one "
                            + "byte too long for that after each, and one that fits.",
            observed = "A's underlay; what comes to J; ICMP or ICMPv6 errors at H.",
            needs = Trait.LAN,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6})
    void pathMtuIsThatOfTheProtectedPacket(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, PATH_MTU);
        for (String told : List.of(TOLD_OF_NOBODYS, TOLD_OF_OWN)) {
            judge.control(
                    "the error \"" + told + "\" came to A",
                    !packets.of(told, packets.underlay(Place.A)).isEmpty());
        }
        String unbelieved = "times that \"" + NOT_BELIEVED + "\" came to J";
        int came = packets.of(NOT_BELIEVED, packets.host(Place.J)).size();
        if (evidence.topology().espInUdp()) {
            judge.known(unbelieved, 1, 0, came, "net/ipv4/udp.c __udp4_lib_err finds the socket and knows of no SPI");
        } else {
            judge.equal(unbelieved, 1, came);
        }
        packets.once(judge, FITTING, packets.host(Place.J));
        judge.equal(
                "times that \"" + ONE_TOO_LONG + "\" left A",
                0,
                packets.of(ONE_TOO_LONG, packets.underlay(Place.A)).size());
        TooLong.told(judge, packets, ONE_TOO_LONG, evidence.topology().longestWithin(TOLD));
    }
}
