package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Option.HexadecimalOrInherit;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.SixRd;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * IPv6 over IPv4 (RFC 4213), and IPv4 and MPLS on the same device; with a 6rd prefix (RFC 5969) the outer destination is within the inner one.
 * Kernel: net/ipv6/sit.c; defaults are those of iproute2's {@code ip/link_iptnl.c}.
 */
public final class Sit implements Kind {

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_MIN_MTU = 1280;
    private static final String ISATAP = "isatap";
    private static final String PREFIX = "6rd-prefix";
    private static final String RELAY_PREFIX = "6rd-relay_prefix";

    private static final List<Option> OPTIONS = Stream.concat(
                    Stream.of(
                            new Option.Choice("mode", List.of("any", "ip6ip", "ipip", "mplsip"), "any"),
                            new NumberOrInherit("ttl", 1, 255, NumberOrInherit.INHERIT),
                            new HexadecimalOrInherit("tos", 255),
                            new Option.Flag("pmtudisc", true),
                            new Option.Prefix(PREFIX, Family.IPV6),
                            new Option.Prefix(RELAY_PREFIX, Family.IPV4),
                            new Option.Word(ISATAP),
                            new Option.Device("dev"),
                            LinkOptions.MARK),
                    UdpEncapsulation.OPTIONS.stream())
            .toList();

    @Override
    public String name() {
        return "sit";
    }

    @Override
    public String title() {
        return "IPv6 over IPv4";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, String> conflicts(Options options) {
        Map<String, String> conflicts = new LinkedHashMap<>(UdpEncapsulation.conflicts(options));
        Map<String, String> values = options.asWords();
        // ip/link_iptnl.c: "ttl != 0 and nopmtudisc are incompatible"
        if ("false".equals(values.get("pmtudisc")) && !NumberOrInherit.INHERIT.equals(values.get("ttl"))) {
            conflicts.put(
                    "pmtudisc",
                    "cannot be false beside a fixed ttl; iproute2 refuses the pair, so leave one of them out");
        }
        int length = prefixLength(values.getOrDefault(PREFIX, "::/0"));
        int relayLength = prefixLength(values.getOrDefault(RELAY_PREFIX, "0.0.0.0/0"));
        if (values.containsKey(RELAY_PREFIX) && !values.containsKey(PREFIX)) {
            conflicts.put(RELAY_PREFIX, "is the common part of what " + PREFIX + " leads to; give " + PREFIX + " too");
        } else if (values.containsKey(PREFIX) && length + 32 - relayLength > 64) {
            // ipip6_tunnel_update_6rd: EINVAL
            conflicts.put(
                    PREFIX,
                    "and the " + (32 - relayLength) + " bits of an IPv4 address behind it are longer than 64 bits;"
                            + " give a shorter one, or a longer " + RELAY_PREFIX);
        }
        if (isatap(options)) {
            if (values.containsKey(PREFIX)) {
                conflicts.put(
                        ISATAP,
                        "cannot be true beside " + PREFIX + ": both say where packets go; leave one of them out");
            } else if (!innerFamilies(options).contains(Family.IPV6) || !carriesUnlabelled(options)) {
                conflicts.put(ISATAP, "cannot be true in a mode that carries no IPv6; leave the mode out");
            }
        }
        return conflicts;
    }

    @Override
    public boolean isatap(Options options) {
        return "true".equals(options.asWords().get(ISATAP));
    }

    @Override
    public Optional<SixRd> sixRd(Options options) {
        Map<String, String> words = options.asWords();
        Subnet everything = new Subnet(Ipv4.address(0), 0);
        return Optional.ofNullable(words.get(PREFIX))
                .flatMap(Subnet::parse)
                .map(prefix -> new SixRd(
                        prefix,
                        Optional.ofNullable(words.get(RELAY_PREFIX))
                                .flatMap(Subnet::parse)
                                .orElse(everything)));
    }

    private static int prefixLength(String prefix) {
        return Integer.parseInt(prefix.substring(prefix.indexOf('/') + 1));
    }

    @Override
    public List<String> modules() {
        return List.of("sit");
    }

    @Override
    public String fallbackDevice() {
        return "sit0";
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
        return switch (mode(options)) {
            case "ip6ip" -> Set.of(Family.IPV6);
            case "ipip" -> Set.of(Family.IPV4);
            default -> EnumSet.allOf(Family.class);
        };
    }

    private static String mode(Options options) {
        return options.asWords().getOrDefault("mode", "any");
    }

    @Override
    public int outerProtocol(Options options, Carried carried) {
        return switch (carried) {
            case IPV4 -> 4;
            case IPV6 -> 41;
            case MPLS -> 137;
            case ETHERNET -> throw new IllegalArgumentException("sit carries no " + carried);
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
        return Set.of("any", "mplsip").contains(mode(options));
    }

    /** {@inheritDoc} {@code sit_tunnel_xmit} sends IP in any mode, {@code sit_tunnel_rcv} drops what is not of the mode. */
    @Override
    public boolean carriesUnlabelled(Options options) {
        return !"mplsip".equals(mode(options));
    }

    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        // ipip6_tunnel_bind_dev goes no lower than IPV6_MIN_MTU.
        return Math.max(underlayMtu - IPV4_HEADER - UdpEncapsulation.reserved(options), IPV6_MIN_MTU);
    }

    /** {@inheritDoc} It is one for IPv6 alone, and {@code sit_tunnel_rcv} drops the rest. */
    @Override
    public boolean fallbackTakes(Options options) {
        return Set.of("any", "ip6ip").contains(mode(options));
    }

    @Override
    public Map<String, String> fallbackOptions() {
        // ipip6_fb_tunnel_init
        return Map.of("mode", "ip6ip", "ttl", "64", "pmtudisc", "false");
    }

    @Override
    public int fallbackMtu() {
        // ipip6_tunnel_setup starts from ETH_DATA_LEN.
        return 1500 - IPV4_HEADER;
    }

    /** {@inheritDoc} It is the IPv4-compatible address: {@code ipip6_tunnel_xmit} takes the outer destination from the last 32 bits of it. */
    @Override
    public InetAddress fallbackNextHop(InetAddress remote) {
        byte[] compatible = new byte[16];
        System.arraycopy(remote.getAddress(), 0, compatible, 12, 4);
        return Ipv6.address(compatible);
    }

    @Override
    public int minMtu() {
        return IPV6_MIN_MTU;
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // IP6_MAX_MTU less the outer header (ipip6_tunnel_setup).
        return 65535 + 40 - IPV4_HEADER;
    }

    /**
     * {@inheritDoc} {@code ipip6_netlink_parms} in net/ipv6/sit.c reads them, {@code iptunnel_print_opt} in iproute2's {@code
     * ip/link_iptnl.c} shows them.
     */
    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        String mode = mode(end.options());
        int protocol = switch (mode) {
            case "ip6ip" -> 41;
            case "ipip" -> 4;
            case "mplsip" -> 137;
            default -> 0;
        };
        LinkOptions told = new LinkOptions(end.options())
                .add(LinkOption.of(
                        "mode", new Attribute("IFLA_IPTUN_PROTO", 9, Value.u8(protocol)), new Shown("proto", mode)))
                .device("IFLA_IPTUN_LINK", 1)
                .address("local", "IFLA_IPTUN_LOCAL", 2, end.local());
        if (end.options().given().containsKey(PREFIX)) {
            sixRd(told, end.options().asWords());
        } else if (end.hasRemote(this)) {
            told.address("remote", "IFLA_IPTUN_REMOTE", 3, end.remote());
        }
        return told.ttl("IFLA_IPTUN_TTL", 4)
                .tos("IFLA_IPTUN_TOS", 5)
                .flag("pmtudisc", "IFLA_IPTUN_PMTUDISC", 10)
                .add(isatapFlag(isatap(end.options())))
                .mark("IFLA_IPTUN_FWMARK", 20)
                .udpEncapsulation(end.options(), "IFLA_IPTUN_ENCAP_", 15)
                .ofKind("sit");
    }

    /** {@code SIT_ISATAP} of include/uapi/linux/if_tunnel.h. */
    private static LinkOption isatapFlag(boolean on) {
        Value.Bit bit = new Value.Bit(ISATAP, 1, on);
        return LinkOption.of(
                ISATAP,
                new Attribute("IFLA_IPTUN_FLAGS", 8, new Value.Bits(2, false, List.of(bit))),
                new Shown(ISATAP, on ? "true" : null));
    }

    /** Four attributes, of which iproute2 shows those of the relay prefix only where it has bits. */
    private static void sixRd(LinkOptions told, Map<String, String> words) {
        Subnet prefix = Subnet.parse(words.get(PREFIX)).orElseThrow();
        Optional<Subnet> relay = Optional.ofNullable(words.get(RELAY_PREFIX)).flatMap(Subnet::parse);
        int relayLength = relay.map(Subnet::prefixLength).orElse(0);
        InetAddress relayNetwork = relay.map(Subnet::network).orElseGet(() -> Ipv4.address(0));
        told.add(prefix(PREFIX, "IFLA_IPTUN_6RD_PREFIX", 11, prefix.network(), "prefix", true));
        told.add(prefixLength(PREFIX, "IFLA_IPTUN_6RD_PREFIXLEN", 13, prefix.prefixLength(), "prefixlen", true));
        told.add(prefix(
                RELAY_PREFIX, "IFLA_IPTUN_6RD_RELAY_PREFIX", 12, relayNetwork, "relay_prefix", relay.isPresent()));
        told.add(prefixLength(
                RELAY_PREFIX, "IFLA_IPTUN_6RD_RELAY_PREFIXLEN", 14, relayLength, "relay_prefixlen", relay.isPresent()));
    }

    private static LinkOption prefix(
            String option, String name, int type, InetAddress network, String key, boolean shown) {
        return LinkOption.of(
                option,
                new Attribute(name, type, new Value.Address(network)),
                new Shown(key, shown ? IpAddress.text(network) : null));
    }

    private static LinkOption prefixLength(
            String option, String name, int type, int length, String key, boolean shown) {
        return LinkOption.of(
                option,
                new Attribute(name, type, Value.u16(length)),
                new Shown(key, shown ? String.valueOf(length) : null));
    }
}
