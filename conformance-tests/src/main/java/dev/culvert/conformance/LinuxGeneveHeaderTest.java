package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv4Header.DF;
import static dev.culvert.harness.stimulus.FrameStimuli.IPV6;
import static dev.culvert.harness.stimulus.FrameStimuli.NOT_IP;
import static dev.culvert.harness.stimulus.UdpStimuli.FLOWS;
import static dev.culvert.harness.stimulus.UdpStimuli.SEVERAL_FLOWS;
import static dev.culvert.harness.stimulus.UdpStimuli.flow;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.stimulus.FrameStimuli;
import dev.culvert.harness.stimulus.HeaderStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

@ConformanceTest("drivers/net/geneve.c geneve_xmit_skb, the outer header by the device's options")
final class LinuxGeneveHeaderTest {

    private static final List<String> PACKETS =
            List.of(HeaderStimuli.AS_CONFIGURED, HeaderStimuli.FIXED, HeaderStimuli.INHERITED);
    private static final List<String> FRAMES =
            List.of(FrameStimuli.AS_CONFIGURED, FrameStimuli.FIXED, FrameStimuli.INHERITED);

    private final Evidence evidence;

    LinuxGeneveHeaderTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-GENEVE-DF",
            level = Level.LINUX,
            source = "drivers/net/geneve.c geneve_xmit_skb",
            sentence =
                    "\"df unset\", the default, leaves DF off and \"df set\" sets it; \"df inherit\" takes that of an IPv4 packet inside, and "
                            + "sets it over IPv6, which nobody fragments on the way, and over nothing else. A route to a device in external mode leaves it off.",
            provoked =
                    "A sends IPv4 packets with and without DF, and frames with IPv6 and without IP, with each of the three.",
            observed = "DF of the outer header, on A's underlay.",
            kinds = "geneve",
            needs = Trait.FRAMES)
    void dontFragment(Judge judge) {
        for (String stimulus : PACKETS) {
            packet(judge, stimulus, "df", outer -> DF, options -> options.df(1));
            packet(judge, stimulus, "no-df", outer -> DF, options -> options.df(0));
        }
        // Into a device in external mode no frame goes but by a route.
        for (String stimulus : evidence.topology().external() ? List.<String>of() : FRAMES) {
            FramePackets packets = FramePackets.during(evidence, stimulus);
            OptionsInForce options = OptionsInForce.during(packets.window());
            packets.once(judge, IPV6)
                    .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), DF, options.df(1)));
            for (String label : NOT_IP) {
                packets.once(judge, label)
                        .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), DF, options.df(0)));
            }
        }
    }

    @Requirement(
            id = "LINUX-GENEVE-TTL",
            level = Level.LINUX,
            source = "drivers/net/geneve.c geneve_xmit_skb, geneve6_xmit_skb; include/net/route.h ip4_dst_hoplimit",
            sentence =
                    "A device that is told no ttl sends with that of its route, net.ipv4.ip_default_ttl or net.ipv6.conf.*.hop_limit, whatever the inner one; \"ttl N\" is N, "
                            + "and \"ttl inherit\" the inner one.",
            provoked = "A sends ICMP messages with TTL 1, 9 and 64, with each of these.",
            observed = "TTL of the outer header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = "geneve")
    void ttl(Judge judge) {
        for (String stimulus : PACKETS) {
            for (int ttl : List.of(1, 9, 64)) {
                packet(judge, stimulus, "ttl-" + ttl, IpHeader::hopLimitField, options -> options.ttl(ttl));
            }
        }
    }

    @Requirement(
            id = "LINUX-GENEVE6-LABEL",
            level = Level.LINUX,
            source = "drivers/net/geneve.c geneve6_xmit_skb, net/ipv6/ip6_udp_tunnel.c udp_tunnel6_xmit_skb",
            sentence =
                    "The outer flow label is the device's \"flowlabel\", 0 unless it is given, for every flow inside; no label is made of the flow.",
            provoked = "A sends two UDP datagrams each of twenty flows through the tunnel.",
            observed = "Flow label of the outer header, on A's underlay.",
            outside = Family.IPV6,
            needs = Trait.ROUTED,
            kinds = "geneve")
    void flowLabel(Judge judge) {
        String configured = evidence.topology().a().tunnel().options().asWords().getOrDefault("flowlabel", "0");
        TunnelPackets packets = new TunnelPackets(evidence, SEVERAL_FLOWS);
        for (int flow = 1; flow <= FLOWS; flow++) {
            packets.once(judge, flow(flow, 1), packets.underlay(Place.A))
                    .ifPresent(seen -> judge.field(
                            seen, TunnelPackets.outerIp(seen), Ipv6Header.FLOW_LABEL, Integer.parseInt(configured)));
        }
    }

    private void packet(
            Judge judge,
            String stimulus,
            String label,
            Function<IpHeader, Field> field,
            ToIntFunction<OptionsInForce> expected) {
        TunnelPackets packets = new TunnelPackets(evidence, stimulus);
        int value = expected.applyAsInt(OptionsInForce.during(packets.window()));
        packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> {
            IpHeader outer = TunnelPackets.outerIp(seen);
            judge.field(seen, outer, field.apply(outer), value);
        });
    }
}
