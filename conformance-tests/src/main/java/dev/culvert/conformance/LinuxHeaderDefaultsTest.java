package dev.culvert.conformance;

import static dev.culvert.harness.packet.Ipv4Header.TTL;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("ip-link(8) and net/ipv4/ip_tunnel.c, the outer header by the device's options")
class LinuxHeaderDefaultsTest {

    private final Evidence evidence;

    LinuxHeaderDefaultsTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-TOS-FIXED",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_xmit, net/ipv6/ip6_tunnel.c ipxip6_tnl_xmit, net/ipv6/ip6_gre.c prepare_ip6gre_xmit_ipv6, include/net/inet_ecn.h INET_ECN_encapsulate",
            sentence =
                    "\"tos V\", or \"tclass V\", gives the outer header V's DSCP; the ECN bits still follow the inner packet, not V, but with "
                            + "GRE over IPv6.",
            provoked = "A sends ICMP messages of every ECN field on a device with \"tos 0x12\" or \"tclass 0x12\".",
            observed = "TOS or traffic class of the outer header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            kinds = {"erspan", "geneve", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"})
    void tosIsFixed(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, FIXED);
        OptionsInForce options = OptionsInForce.during(packets.window());
        for (int tos : new int[] {0xb8, 0xb9, 0xba, 0xbb}) {
            packets.once(judge, "tos-" + Integer.toHexString(tos), packets.underlay(Place.A))
                    .ifPresent(seen -> trafficClass(judge, seen, options.tos(tos)));
        }
    }

    @Requirement(
            id = "LINUX-TTL-DEFAULTS",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_xmit, iproute2 ip/link_iptnl.c",
            sentence =
                    "A device that is told no ttl says that it inherits the inner one, and does; one that is told N uses N, as one in external mode "
                            + "does that is told nothing itself.",
            provoked = "A sends ICMP messages with TTL 9 and 64 on the device as configured.",
            observed = "What `ip -d link` says of A's device; TTL of the outer header, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            groups = true,
            kinds = {"erspan", "gre", "gretap", "ipip", "sit"})
    void ttlIsAsTold(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        OptionsInForce options = OptionsInForce.during(packets.window());
        String device = evidence.topology().a().tunnel().device();
        judge.equal(
                "ttl that `ip -d -j link` tells of " + device + ", 0 for inherit",
                options.inheritsTtl() || evidence.topology().external() ? 0 : options.ttl(0),
                evidence.configured(Place.A)
                        .link(device)
                        .at("/linkinfo/info_data/ttl")
                        .asInt(-1));
        for (int ttl : List.of(9, 64)) {
            packets.once(judge, "ttl-" + ttl, packets.underlay(Place.A))
                    .ifPresent(seen -> judge.field(seen, TunnelPackets.outer(seen), TTL, options.ttl(ttl)));
        }
    }

    private static void trafficClass(Judge judge, Seen seen, int expected) {
        IpHeader outer = TunnelPackets.outerIp(seen);
        judge.field(seen, outer, outer.trafficClassField(), expected);
    }
}
