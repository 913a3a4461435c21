package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Option.HexadecimalOrInherit;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Option.NumberOrNone;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * IPv6 and IPv4 in IPv6 (RFC 2473), and MPLS on the same device. Kernel: net/ipv6/ip6_tunnel.c; defaults are those of iproute2's
 * {@code ip/link_ip6tnl.c}.
 */
public final class Ip6tnl implements Kind {

    private static final int IPV6_HEADER = 40;
    private static final int IPV6_MIN_MTU = 1280;
    /** Next header: destination options (RFC 8200 section 4.6). */
    private static final int DESTINATION_OPTIONS = 60;

    /** {@code IPV6_DEFAULT_TNL_ENCAP_LIMIT}. */
    private static final int DEFAULT_LIMIT = 4;

    private static final List<Option> OPTIONS = List.of(
            new Option.Choice("mode", List.of("any", "ip6ip6", "ipip6"), "any"),
            new NumberOrNone("encaplimit", 0, 255, "4"),
            new NumberOrInherit("hoplimit", 1, 255, "64"),
            new HexadecimalOrInherit("tclass", 0xff),
            new HexadecimalOrInherit("flowlabel", 0xfffff),
            new Option.Device("dev"));

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
        return Map.of();
    }

    @Override
    public List<String> modules() {
        return List.of("ip6_tunnel");
    }

    @Override
    public String fallbackDevice() {
        return "ip6tnl0";
    }

    @Override
    public int overhead(Family outer, Options options) {
        return IPV6_HEADER + (EncapsulationLimit.of(options).isPresent() ? EncapsulationLimit.LENGTH : 0);
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
        return EncapsulationLimit.of(options).isPresent() ? DESTINATION_OPTIONS : number(carried);
    }

    @Override
    public int carriedProtocol(Options options, Carried carried) {
        return number(carried);
    }

    @Override
    public List<String> fixedHeader(int hopLimit, int trafficClass) {
        return List.of("hoplimit", String.valueOf(hopLimit), "tclass", "0x" + Integer.toHexString(trafficClass));
    }

    @Override
    public List<String> inheritedHeader() {
        return List.of("hoplimit", "inherit", "tclass", "inherit", "flowlabel", "inherit");
    }

    private static int number(Carried carried) {
        return switch (carried) {
            case IPV4 -> 4;
            case IPV6 -> 41;
            case MPLS -> 137;
            case ETHERNET -> throw new IllegalArgumentException("ip6tnl carries no " + carried);
        };
    }

    /** {@inheritDoc} The encapsulation limit comes first, unless there is to be none. */
    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        return EncapsulationLimit.of(options)
                .map(limit -> limit.before(number(carried), packet))
                .orElseGet(packet::clone);
    }

    @Override
    public boolean numbersPackets(Options options) {
        return false;
    }

    @Override
    public boolean carriesLabels(Options options) {
        return "any".equals(mode(options));
    }

    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        // ip6_tnl_link_config goes no lower than IPV6_MIN_MTU.
        return Math.max(underlayMtu - overhead(outer, options), IPV6_MIN_MTU);
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
        return 1500 - IPV6_HEADER - EncapsulationLimit.LENGTH;
    }

    /** {@inheritDoc} In the modes that carry IPv4 it is ETH_MIN_MTU, though IPv6 leaves a device whose MTU is less than 1280. */
    @Override
    public int minMtu() {
        return 68;
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // IP6_MAX_MTU less the outer header (ip6_tnl_change_mtu, which leaves the encapsulation limit out of account).
        return 65535;
    }

    @Override
    public List<String> addDevice(TunnelEnd end) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "add", end.device(), "type", "ip6tnl"));
        argv.addAll(List.of("local", IpAddress.text(end.local()), "remote", IpAddress.text(end.remote())));
        argv.addAll(end.options().words());
        return List.copyOf(argv);
    }

    /** {@inheritDoc} The kernel also takes the MTU from the underlay anew ({@code ip6_tnl_link_config}). */
    @Override
    public List<String> changeDevice(String device, List<String> words) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "set", device, "type", "ip6tnl"));
        argv.addAll(words);
        return List.copyOf(argv);
    }

    /**
     * {@inheritDoc} {@code ip6_tnl_netlink_parms} in net/ipv6/ip6_tunnel.c reads them, {@code ip6tunnel_print_opt} in iproute2's {@code
     * ip/link_ip6tnl.c} shows them.
     */
    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        Map<String, String> words = end.options().asWords();
        String mode = words.get("mode");
        int protocol = switch (mode) {
            case "ip6ip6" -> 41;
            case "ipip6" -> 4;
            default -> 0;
        };
        return new LinkOptions(end.options())
                .add(LinkOption.of(
                        "mode", new Attribute("IFLA_IPTUN_PROTO", 9, Value.u8(protocol)), new Shown("proto", mode)))
                .device("IFLA_IPTUN_LINK", 1)
                .address("local", "IFLA_IPTUN_LOCAL", 2, end.local())
                .address("remote", "IFLA_IPTUN_REMOTE", 3, end.remote())
                .add(hopLimit(words.get("hoplimit")))
                .add(encapsulationLimit(words.get("encaplimit")))
                .add(flowInformation(words.get("tclass"), words.get("flowlabel")))
                .add(flags(words))
                .ofKind("ip6tnl");
    }

    private static LinkOption hopLimit(String word) {
        int limit = NumberOrInherit.INHERIT.equals(word) ? 0 : Integer.parseInt(word);
        return LinkOption.of(
                "hoplimit",
                new Attribute("IFLA_IPTUN_TTL", 4, Value.u8(limit)),
                new Shown("ttl", String.valueOf(limit)));
    }

    /** The limit stays told where a flag says that there is none. */
    private static LinkOption encapsulationLimit(String word) {
        boolean none = NumberOrNone.NONE.equals(word);
        return LinkOption.of(
                "encaplimit",
                new Attribute("IFLA_IPTUN_ENCAP_LIMIT", 6, Value.u8(none ? DEFAULT_LIMIT : Integer.parseInt(word))),
                new Shown("encap_limit", none ? null : word));
    }

    /** Traffic class and flow label as they stand in the first four bytes of an IPv6 header (RFC 8200 section 3). */
    private static LinkOption flowInformation(String trafficClass, String flowLabel) {
        boolean inheritsClass = NumberOrInherit.INHERIT.equals(trafficClass);
        boolean inheritsLabel = NumberOrInherit.INHERIT.equals(flowLabel);
        int classBits = inheritsClass ? 0 : Integer.decode(trafficClass);
        int labelBits = inheritsLabel ? 0 : Integer.decode(flowLabel);
        return new LinkOption(
                "tclass, flowlabel",
                new Attribute("IFLA_IPTUN_FLOWINFO", 7, Value.be32((long) classBits << 20 | labelBits)),
                List.of(
                        new Shown("tclass", inheritsClass ? null : String.format("0x%02x", classBits)),
                        new Shown("flowlabel", inheritsLabel ? null : String.format("0x%05x", labelBits))));
    }

    /** {@code IP6_TNL_F_*} of include/uapi/linux/ip6_tunnel.h. */
    private static LinkOption flags(Map<String, String> words) {
        List<Value.Bit> bits = List.of(
                new Value.Bit("encaplimit none", 0x1, NumberOrNone.NONE.equals(words.get("encaplimit"))),
                new Value.Bit("tclass inherit", 0x2, NumberOrInherit.INHERIT.equals(words.get("tclass"))),
                new Value.Bit("flowlabel inherit", 0x4, NumberOrInherit.INHERIT.equals(words.get("flowlabel"))));
        List<String> keys =
                List.of("ip6_tnl_f_ign_encap_limit", "ip6_tnl_f_use_orig_tclass", "ip6_tnl_f_use_orig_flowlabel");
        List<Shown> shown = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            shown.add(new Shown(keys.get(i), bits.get(i).on() ? "true" : null));
        }
        return new LinkOption(
                "encaplimit, tclass, flowlabel",
                new Attribute("IFLA_IPTUN_FLAGS", 8, new Value.Bits(4, false, bits)),
                shown);
    }
}
