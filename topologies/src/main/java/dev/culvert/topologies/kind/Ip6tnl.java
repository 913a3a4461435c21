package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * IPv6 and IPv4 in IPv6 (RFC 2473), and MPLS on the same device. Kernel: net/ipv6/ip6_tunnel.c; defaults are those of iproute2's
 * {@code ip/link_ip6tnl.c}.
 */
public final class Ip6tnl implements Kind {

    private static final int IPV6_MIN_MTU = 1280;

    private static final List<Option> OPTIONS = Stream.of(
                    List.of(External.OPTION, new Option.Choice("mode", List.of("any", "ip6ip6", "ipip6"), "any")),
                    OuterIpv6.OPTIONS,
                    List.of(OuterIpv6.DSCP, new Option.Device("dev"), OuterIpv6.MARK),
                    UdpEncapsulation.OPTIONS_OVER_IPV6)
            .<Option>flatMap(List::stream)
            .toList();

    @Override
    public String name() {
        return "ip6tnl";
    }

    @Override
    public String title() {
        return "IPv6 and IPv4 in IPv6";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, String> conflicts(Options options) {
        if (External.is(options)) {
            Map<String, String> conflicts = External.conflicts(options, Set.of("mode", "hoplimit", "tclass"));
            conflicts.putAll(OuterIpv6.conflictsWithExternal(options));
            return conflicts;
        }
        return UdpEncapsulation.conflicts(options);
    }

    @Override
    public List<String> modules() {
        return List.of("ip6_tunnel");
    }

    @Override
    public String fallbackDevice() {
        return "ip6tnl0";
    }

    /** {@inheritDoc} {@code ip6_tnl_lookup} does. */
    @Override
    public boolean prefersLocal() {
        return true;
    }

    @Override
    public int overhead(Family outer, Options options) {
        return OuterIpv6.length(options) + UdpEncapsulation.length(options);
    }

    @Override
    public Set<Family> outerFamilies() {
        return Set.of(Family.IPV6);
    }

    @Override
    public Set<Family> innerFamilies(Options options) {
        return switch (mode(options)) {
            case "ip6ip6" -> Set.of(Family.IPV6);
            case "ipip6" -> Set.of(Family.IPV4);
            default -> EnumSet.allOf(Family.class);
        };
    }

    private static String mode(Options options) {
        return options.asWords().getOrDefault("mode", "any");
    }

    @Override
    public int outerProtocol(Options options, Carried carried) {
        return UdpEncapsulation.of(options).isPresent()
                ? number(carried)
                : OuterIpv6.nextHeader(options, number(carried));
    }

    /** {@inheritDoc} The encapsulation limit comes before UDP ({@code ip6_tnl_xmit}). */
    @Override
    public int protocolOfUdp(Options options) {
        return OuterIpv6.nextHeader(options, UdpEncapsulation.PROTOCOL);
    }

    @Override
    public int carriedProtocol(Options options, Carried carried) {
        return number(carried);
    }

    /** {@inheritDoc} {@code ip6ip6_dscp_ecn_decapsulate} and {@code ip4ip6_dscp_ecn_decapsulate} ask for {@code IP6_TNL_F_RCV_DSCP_COPY}. */
    @Override
    public boolean takesDscp(Options options) {
        return OuterIpv6.takesDscp(options);
    }

    @Override
    public List<String> fixedHeader(int hopLimit, int trafficClass) {
        return OuterIpv6.fixed(hopLimit, trafficClass);
    }

    @Override
    public List<String> inheritedHeader() {
        return OuterIpv6.INHERITED;
    }

    private static int number(Carried carried) {
        return switch (carried) {
            case IPV4 -> 4;
            case IPV6 -> 41;
            case MPLS -> 137;
            case ETHERNET -> throw new IllegalArgumentException("ip6tnl carries no " + carried);
        };
    }

    /** {@inheritDoc} The encapsulation limit comes first, unless there is to be none, or UDP is between it and the packet. */
    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        return UdpEncapsulation.of(options).isPresent()
                ? packet.clone()
                : OuterIpv6.behind(options, number(carried), packet);
    }

    @Override
    public boolean numbersPackets(Options options) {
        return false;
    }

    @Override
    public boolean carriesLabels(Options options) {
        return "any".equals(mode(options));
    }

    /** {@inheritDoc} In external mode it has no underlay, as the fallback device has none. */
    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        if (External.is(options)) {
            return fallbackMtu();
        }
        // ip6_tnl_link_config goes no lower than IPV6_MIN_MTU.
        return Math.max(underlayMtu - OuterIpv6.length(options) - UdpEncapsulation.reserved(options), IPV6_MIN_MTU);
    }

    /** {@inheritDoc} It is one for IPv6 alone (ip6_fb_tnl_dev_init). */
    @Override
    public boolean fallbackTakes(Options options) {
        return innerFamilies(options).contains(Family.IPV6);
    }

    @Override
    public Map<String, String> fallbackOptions() {
        // ip6_fb_tnl_dev_init sets nothing but the protocol, so that a limit of 0 is in force.
        return Map.of("mode", "ip6ip6", "encaplimit", "0", "hoplimit", NumberOrInherit.INHERIT);
    }

    @Override
    public int fallbackMtu() {
        // ip6_tnl_dev_init_gen starts from ETH_DATA_LEN, and leaves room for the encapsulation limit.
        return 1500 - OuterIpv6.HEADER - EncapsulationLimit.LENGTH;
    }

    /** {@inheritDoc} In the modes that carry IPv4 it is ETH_MIN_MTU, though IPv6 leaves a device whose MTU is less than 1280. */
    @Override
    public int minMtu() {
        return 68;
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // IP6_MAX_MTU less the outer header (ip6_tnl_change_mtu, which leaves the encapsulation limit out of account).
        return 65535 - UdpEncapsulation.reserved(options);
    }

    @Override
    public List<String> words(TunnelEnd end) {
        return end.external() ? External.deviceWords(end.options(), Set.of("mode")) : Kind.super.words(end);
    }

    @Override
    public Optional<LightweightTunnel> lightweightTunnel(TunnelEnd end) {
        return end.external() ? Optional.of(External.route(end, null, List.of())) : Optional.empty();
    }

    /**
     * {@inheritDoc} {@code ip6_tnl_netlink_parms} in net/ipv6/ip6_tunnel.c reads them, {@code ip6tunnel_print_opt} in iproute2's {@code
     * ip/link_ip6tnl.c} shows them.
     */
    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        String mode = mode(end.options());
        int protocol = switch (mode) {
            case "ip6ip6" -> 41;
            case "ipip6" -> 4;
            default -> 0;
        };
        LinkOptions told = new LinkOptions(end.options())
                .add(LinkOption.of(
                        "mode", new Attribute("IFLA_IPTUN_PROTO", 9, Value.u8(protocol)), new Shown("proto", mode)));
        if (end.external()) {
            return told.add(External.told("IFLA_IPTUN_COLLECT_METADATA", 19)).ofKind("ip6tnl");
        }
        return told.device("IFLA_IPTUN_LINK", 1)
                .address("local", "IFLA_IPTUN_LOCAL", 2, end.local())
                .address("remote", "IFLA_IPTUN_REMOTE", 3, end.remote())
                .outerIpv6("IFLA_IPTUN_", 4, 6)
                .mark("IFLA_IPTUN_FWMARK", 20)
                .udpEncapsulation(end.options(), "IFLA_IPTUN_ENCAP_", 15)
                .ofKind("ip6tnl");
    }
}
