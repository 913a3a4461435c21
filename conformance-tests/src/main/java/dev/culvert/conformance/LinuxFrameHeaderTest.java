package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv4Header.DF;
import static dev.culvert.harness.stimulus.FrameStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.FrameStimuli.FIXED;
import static dev.culvert.harness.stimulus.FrameStimuli.INHERITED;
import static dev.culvert.harness.stimulus.FrameStimuli.IPV6;
import static dev.culvert.harness.stimulus.FrameStimuli.IPV6_HOP_LIMIT;
import static dev.culvert.harness.stimulus.FrameStimuli.IPV6_TRAFFIC_CLASS;
import static dev.culvert.harness.stimulus.FrameStimuli.NOT_IP;
import static dev.culvert.harness.stimulus.FrameStimuli.TAGGED_IPV4;
import static dev.culvert.harness.stimulus.FrameStimuli.TAGGED_TOS;
import static dev.culvert.harness.stimulus.FrameStimuli.TAGGED_TTL;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.topologies.Family;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

@ConformanceTest("net/ipv4/ip_tunnel.c ip_tunnel_xmit, the outer header of a frame")
final class LinuxFrameHeaderTest {

    /** net.ipv4.ip_default_ttl, which a topology cannot leave at something else. */
    private static final int DEFAULT_TTL = 64;

    private static final String PROVOKED =
            "A's tunnel device is given such frames: as configured, with \"ttl 33 tos 0x12\", and with "
                    + "ttl, tos and df inherited.";
    private static final String TAG_NOT_FOUND =
            "include/linux/if_vlan.h __vlan_get_protocol counts from skb->data, where the GRE header is by then";
    private static final List<String> STIMULI = List.of(AS_CONFIGURED, FIXED, INHERITED);

    private final Evidence evidence;

    LinuxFrameHeaderTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-TTL-INHERIT-NONIP",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_xmit, include/net/route.h ip4_dst_hoplimit, net/ipv6/ip6_tunnel.c ip6_tnl_xmit",
            sentence =
                    "A device that inherits the TTL sends a frame that carries no IP with that of its route, net.ipv4.ip_default_ttl, or net.ipv6.conf.*.hop_limit.",
            provoked = PROVOKED,
            observed = "TTL of the outer header, on A's underlay.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gretap", "ip6erspan", "ip6gretap"},
            needs = {Trait.OWN_ENDS, Trait.FRAMES})
    void ttlOverWhatIsNotIp(Judge judge) {
        each(judge, NOT_IP, IpHeader::hopLimitField, options -> options.ttl(DEFAULT_TTL));
    }

    @Requirement(
            id = "LINUX-TOS-INHERIT-NONIP",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_xmit, include/net/ip_tunnels.h ip_tunnel_get_dsfield, net/ipv6/ip6_gre.c "
                            + "prepare_ip6gre_xmit_other",
            sentence =
                    "A device that inherits the TOS sends a frame that carries no IP with TOS 0; one with a TOS of its own sends that "
                            + "with the ECN bits 0, but for GRE over IPv6, which keeps them.",
            provoked = PROVOKED,
            observed = "Second byte of the outer header, on A's underlay.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gretap", "ip6gretap"},
            needs = {Trait.OWN_ENDS, Trait.FRAMES})
    void tosOverWhatIsNotIp(Judge judge) {
        each(judge, NOT_IP, IpHeader::trafficClassField, options -> options.tos(0));
    }

    @Requirement(
            id = "LINUX-DF-INHERIT-NONIP",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_xmit",
            sentence = "A frame that carries no IPv4 has outer DF with \"pmtudisc\", and none with \"nopmtudisc\".",
            provoked = PROVOKED,
            observed = "DF of the outer header, on A's underlay.",
            kinds = {"erspan", "gretap"},
            needs = Trait.OWN_ENDS)
    void dfOverWhatIsNotIp(Judge judge) {
        each(judge, NOT_IP, outer -> DF, options -> options.df(0));
        each(judge, List.of(IPV6), outer -> DF, options -> options.df(0));
    }

    @Requirement(
            id = "LINUX-FRAME-INHERIT-IP",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_xmit",
            sentence = "TTL and TOS are inherited from the hop limit and traffic class of an IPv6 packet in a frame.",
            provoked = PROVOKED,
            observed = "TTL and second byte of the outer header, on A's underlay.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gretap", "ip6erspan", "ip6gretap"},
            needs = {Trait.OWN_ENDS, Trait.FRAMES})
    void ipv6InsideIsInheritedFrom(Judge judge) {
        each(judge, List.of(IPV6), IpHeader::hopLimitField, options -> options.ttl(IPV6_HOP_LIMIT));
        each(judge, List.of(IPV6), IpHeader::trafficClassField, options -> options.tos(IPV6_TRAFFIC_CLASS));
    }

    @Requirement(
            id = "LINUX-VLAN-INHERIT-IP",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_xmit, include/linux/if_vlan.h skb_protocol; "
                    + "tools/testing/selftests/net/l2_tos_ttl_inherit.sh",
            sentence =
                    "TTL and TOS are inherited from an IPv4 packet behind a tag too; behind a GRE header longer than four bytes Linux does not "
                            + "find it, and sends the frame as one that carries no IP.",
            provoked = PROVOKED,
            observed = "TTL and second byte of the outer header, on A's underlay.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gretap", "ip6gretap"},
            needs = {Trait.OWN_ENDS, Trait.FRAMES})
    void ipv4BehindATagIsInheritedFrom(Judge judge) {
        for (String stimulus : STIMULI) {
            FramePackets packets = FramePackets.during(evidence, stimulus);
            OptionsInForce options = OptionsInForce.during(packets.window());
            packets.once(judge, TAGGED_IPV4).ifPresent(seen -> {
                IpHeader outer = TunnelPackets.outerIp(seen);
                judge.knownField(
                        seen,
                        outer,
                        outer.hopLimitField(),
                        options.ttl(TAGGED_TTL),
                        options.ttl(DEFAULT_TTL),
                        TAG_NOT_FOUND);
                judge.knownField(
                        seen, outer, outer.trafficClassField(), options.tos(TAGGED_TOS), options.tos(0), TAG_NOT_FOUND);
            });
        }
    }

    private void each(
            Judge judge, List<String> labels, Function<IpHeader, Field> field, ToIntFunction<OptionsInForce> expected) {
        for (String stimulus : STIMULI) {
            FramePackets packets = FramePackets.during(evidence, stimulus);
            int value = expected.applyAsInt(OptionsInForce.during(packets.window()));
            for (String label : labels) {
                packets.once(judge, label).ifPresent(seen -> {
                    IpHeader outer = TunnelPackets.outerIp(seen);
                    judge.field(seen, outer, field.apply(outer), value);
                });
            }
        }
    }
}
