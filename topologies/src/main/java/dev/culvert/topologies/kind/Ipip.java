package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Option.HexadecimalOrInherit;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * IP within IP (RFC 2003), and MPLS within IP (RFC 4023 §3.1) on the same device. Kernel: net/ipv4/ipip.c; defaults are those of
 * iproute2's {@code ip/link_iptnl.c}.
 */
public final class Ipip implements Kind {

    private static final int IPV4_HEADER = 20;
    private static final List<Option> OPTIONS = Stream.concat(
                    Stream.of(
                            External.OPTION,
                            new Option.Choice("mode", List.of("any", "ipip", "mplsip"), "any"),
                            new NumberOrInherit("ttl", 1, 255, NumberOrInherit.INHERIT),
                            new HexadecimalOrInherit("tos", 255),
                            new Option.Flag("pmtudisc", true),
                            new Option.Device("dev"),
                            LinkOptions.MARK),
                    UdpEncapsulation.OPTIONS.stream())
            .toList();

    @Override
    public String name() {
        return "ipip";
    }

    @Override
    public String title() {
        return "IP within IP";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, String> conflicts(Options options) {
        if (External.is(options)) {
            return External.conflicts(options, Set.of("mode", "ttl", "tos"));
        }
        Map<String, String> conflicts = new LinkedHashMap<>(UdpEncapsulation.conflicts(options));
        Map<String, String> values = options.asWords();
        if ("false".equals(values.get("pmtudisc")) && !NumberOrInherit.INHERIT.equals(values.get("ttl"))) {
            // ip/link_iptnl.c: "ttl != 0 and nopmtudisc are incompatible"
            conflicts.put(
                    "pmtudisc",
                    "cannot be false beside a fixed ttl; iproute2 refuses the pair, so leave one of them out");
        }
        return conflicts;
    }

    @Override
    public List<String> modules() {
        return List.of("ipip");
    }

    @Override
    public String fallbackDevice() {
        return "tunl0";
    }

    @Override
    public int overhead(Family outer, Options options) {
        return IPV4_HEADER + UdpEncapsulation.length(options);
    }

    @Override
    public Set<Family> outerFamilies() {
        return Set.of(Family.IPV4);
    }

    @Override
    public Set<Family> innerFamilies(Options options) {
        return Set.of(Family.IPV4);
    }

    @Override
    public int outerProtocol(Options options, Carried carried) {
        return switch (carried) {
            case IPV4 -> 4;
            case MPLS -> 137;
            case IPV6, ETHERNET -> throw new IllegalArgumentException("ipip carries no " + carried);
        };
    }

    /** {@inheritDoc} There is no header of its own. */
    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        return packet.clone();
    }

    @Override
    public boolean numbersPackets(Options options) {
        return false;
    }

    @Override
    public boolean carriesLabels(Options options) {
        return !"ipip".equals(options.asWords().get("mode"));
    }

    /** {@inheritDoc} {@code ipip_tunnel_xmit} and {@code ipip_tunnel_rcv} refuse what is not of the mode. */
    @Override
    public boolean carriesUnlabelled(Options options) {
        return !"mplsip".equals(options.asWords().get("mode"));
    }

    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        // ip_tunnel_bind_dev in net/ipv4/ip_tunnel.c goes no lower than IPV4_MIN_MTU.
        return Math.max(underlayMtu - reserved(options), 68);
    }

    @Override
    public boolean fallbackTakes(Options options) {
        return true;
    }

    @Override
    public Map<String, String> fallbackOptions() {
        // ip_tunnel_init_net makes it from parameters that are all zero, so without IP_DF.
        return Map.of("pmtudisc", "false");
    }

    @Override
    public int fallbackMtu() {
        // ip_tunnel_bind_dev starts from ETH_DATA_LEN when there is neither a remote nor a bound device.
        return 1500 - IPV4_HEADER;
    }

    @Override
    public int minMtu() {
        return 68;
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // IP_MAX_MTU less the outer header (ip_tunnel_newlink, __ip_tunnel_change_mtu).
        return 65535 - reserved(options);
    }

    /** What the kernel takes off an MTU: tunnel->hlen in ipip_tunnel_init, and the outer header. */
    private static int reserved(Options options) {
        return IPV4_HEADER + UdpEncapsulation.reserved(options);
    }

    @Override
    public List<String> words(TunnelEnd end) {
        return end.external() ? External.deviceWords(end.options(), Set.of("mode")) : Kind.super.words(end);
    }

    @Override
    public Optional<LightweightTunnel> lightweightTunnel(TunnelEnd end) {
        return end.external() ? Optional.of(External.route(end, null, List.of())) : Optional.empty();
    }

    /** {@inheritDoc} {@code ipip_netlink_parms} in net/ipv4/ipip.c reads them, {@code iptunnel_print_opt} in iproute2 shows them. */
    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        String mode = end.options().asWords().get("mode");
        int protocol = switch (mode) {
            case "ipip" -> 4;
            case "mplsip" -> 137;
            default -> 0;
        };
        LinkOptions told = new LinkOptions(end.options())
                .add(LinkOption.of(
                        "mode", new Attribute("IFLA_IPTUN_PROTO", 9, Value.u8(protocol)), new Shown("proto", mode)));
        if (end.external()) {
            return told.add(External.told("IFLA_IPTUN_COLLECT_METADATA", 19)).ofKind("ipip");
        }
        return told.device("IFLA_IPTUN_LINK", 1)
                .address("local", "IFLA_IPTUN_LOCAL", 2, end.local())
                .address("remote", "IFLA_IPTUN_REMOTE", 3, end.remote())
                .ttl("IFLA_IPTUN_TTL", 4)
                .tos("IFLA_IPTUN_TOS", 5)
                .flag("pmtudisc", "IFLA_IPTUN_PMTUDISC", 10)
                .mark("IFLA_IPTUN_FWMARK", 20)
                .udpEncapsulation(end.options(), "IFLA_IPTUN_ENCAP_", 15)
                .ofKind("ipip");
    }
}
