package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.LinkInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ethernet over GRE over IPv6: a device of layer 2 with the options and the headers of {@link Ip6gre}, behind which comes a whole frame. Kernel:
 * net/ipv6/ip6_gre.c, {@code ip6gre_tap_netdev_ops}.
 */
public final class Ip6gretap implements Ip6greFrameKind {

    /** Not {@code dscp}: {@code ip6ip6_dscp_ecn_decapsulate} would change what is inside a frame as if it always were IPv6. */
    private static final List<Option> OPTIONS = GRE.options().stream()
            .filter(option -> !option.equals(OuterIpv6.DSCP))
            .toList();

    @Override
    public String name() {
        return "ip6gretap";
    }

    @Override
    public String title() {
        return "Ethernet over GRE over IPv6";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, String> mismatches(Options own, Options far) {
        return GreAgreement.mismatches(own, far);
    }

    @Override
    public Map<String, String> conflicts(Options options) {
        return GRE.conflicts(options);
    }

    @Override
    public int overhead(Family outer, Options options) {
        return GRE.overhead(outer, options) + ETHERNET_HEADER;
    }

    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        return GRE.encapsulate(options, carried, packet);
    }

    @Override
    public boolean numbersPackets(Options options) {
        return GRE.numbersPackets(options);
    }

    @Override
    public int outerProtocol(Options options, Carried carried) {
        mustBeFrame(carried);
        return GRE.outerProtocol(options, Carried.IPV6);
    }

    @Override
    public int protocolOfUdp(Options options) {
        return GRE.protocolOfUdp(options);
    }

    /** {@inheritDoc} In external mode it has no underlay ({@code ip6gre_tunnel_init_common}). */
    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        if (External.is(options)) {
            return GRE.defaultMtu(outer, underlayMtu, options) - ETHERNET_HEADER;
        }
        return Math.max(underlayMtu - Ip6gre.reserved(options) - ETHERNET_HEADER, Ip6gre.LEAST_DEFAULT_MTU);
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // ip6_tnl_change_mtu takes off the hard_header_len of an ARPHRD_ETHER device too.
        return GRE.maxMtu(outer, options) - ETHERNET_HEADER;
    }

    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        return Ip6gre.told(end).ofKind("ip6gretap");
    }

    @Override
    public Optional<LightweightTunnel> lightweightTunnel(TunnelEnd end) {
        return GRE.lightweightTunnel(end);
    }

    @Override
    public String mirrored(String option) {
        return GRE.mirrored(option);
    }
}
