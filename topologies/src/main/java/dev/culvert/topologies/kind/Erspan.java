package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.LinkInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Mirrored Ethernet frames over GRE over IPv4 (draft-foschiano-erspan-02), types I to III. Kernel: net/ipv4/ip_gre.c, {@code
 * erspan_netdev_ops}; the options are those of iproute2's {@code ip/link_gre.c}.
 */
public final class Erspan implements FrameKind {

    private static final int IPV4_HEADER = 20;
    /** IANA's number for GRE. */
    private static final int PROTOCOL = 47;

    /** The length of GRE's and ERSPAN's header of version 1. */
    private static final int VERSION_1 = 16;

    /** The options that a route says to a device in external mode, or that it has anyway: {@code seq}. */
    private static final Set<String> BY_ROUTE =
            Set.of("seq", "key", "erspan_ver", "erspan", "erspan_dir", "erspan_hwid", "ttl", "tos");

    private static final List<Option> OPTIONS = Stream.of(
                    List.of(External.OPTION),
                    ErspanFields.of(0),
                    List.of(
                            new NumberOrInherit("ttl", 1, 255, NumberOrInherit.INHERIT),
                            new Option.HexadecimalOrInherit("tos", 255),
                            new Option.Flag("pmtudisc", true),
                            new Option.Flag("ignore-df", false),
                            new Option.Device("dev"),
                            LinkOptions.MARK))
            .<Option>flatMap(List::stream)
            .toList();

    @Override
    public String name() {
        return "erspan";
    }

    @Override
    public String title() {
        return "Mirrored Ethernet frames over GRE over IPv4";
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
        Map<String, String> values = options.asWords();
        boolean external = External.is(options);
        Map<String, String> conflicts =
                new LinkedHashMap<>(external ? External.conflicts(options, BY_ROUTE) : Map.of());
        if (external && ErspanHeader.sentBy(options).version() == 0) {
            // ip_tun_parse_opts_erspan in net/ipv4/ip_tunnel_core.c: EINVAL
            conflicts.put("erspan_ver", "cannot be 0 beside external: a route says 1 or 2; give one of these");
            conflicts.putAll(ErspanFields.ofOtherTypes(options));
        } else {
            conflicts.putAll(ErspanFields.conflicts(options));
        }
        if ("true".equals(values.get("ignore-df")) && "true".equals(values.get("pmtudisc"))) {
            // ipgre_netlink_parms in net/ipv4/ip_gre.c: EINVAL for IGNORE_DF beside IP_DF
            conflicts.put(
                    "ignore-df", "cannot be true beside pmtudisc; the kernel refuses the pair, so set pmtudisc: false");
        }
        return conflicts;
    }

    @Override
    public List<String> modules() {
        return List.of("ip_gre");
    }

    @Override
    public String fallbackDevice() {
        return "erspan0";
    }

    @Override
    public int overhead(Family outer, Options options) {
        return IPV4_HEADER + ErspanHeader.sentBy(options).length() + ETHERNET_HEADER;
    }

    /** What the kernel takes off an MTU for headers: the outer one and tunnel->hlen of {@code erspan_tunnel_init}. */
    private static int reserved(Options options) {
        // erspan_setup makes every device one of version 1 first, and in external mode it stays one.
        return IPV4_HEADER
                + (External.is(options)
                        ? VERSION_1
                        : ErspanHeader.sentBy(options).length());
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
        mustBeFrame(carried);
        return PROTOCOL;
    }

    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        return ErspanHeader.sentBy(options).before(packet);
    }

    @Override
    public boolean numbersPackets(Options options) {
        // In external mode i_flags stay 0, and ip_tunnel_rcv in net/ipv4/ip_tunnel.c looks at no number.
        return !External.is(options) && ErspanHeader.sentBy(options).numbered();
    }

    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        // ip_tunnel_bind_dev in net/ipv4/ip_tunnel.c goes no lower than IPV4_MIN_MTU.
        return Math.max(underlayMtu - reserved(options) - ETHERNET_HEADER, 68);
    }

    /** {@inheritDoc} The lookup of {@code erspan_rcv} ends with it, whatever the session; it checks no sequence number. */
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
        // ip_tunnel_bind_dev starts from ETH_DATA_LEN; erspan_setup makes every device one of version 1 first.
        return 1500 - IPV4_HEADER - VERSION_1 - ETHERNET_HEADER;
    }

    @Override
    public int minMtu() {
        return 68;
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // Both ip_tunnel_newlink and __ip_tunnel_change_mtu take off the hard_header_len of an ARPHRD_ETHER device too.
        return 65535 - reserved(options) - ETHERNET_HEADER;
    }

    @Override
    public List<String> words(TunnelEnd end) {
        return end.external() ? External.deviceWords(end.options(), Set.of()) : FrameKind.super.words(end);
    }

    @Override
    public Optional<LightweightTunnel> lightweightTunnel(TunnelEnd end) {
        return end.external() ? Optional.of(ErspanHeader.sentBy(end.options()).route(end)) : Optional.empty();
    }

    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        LinkOptions told = GreOptions.of(end);
        return (end.external() ? told : ErspanFields.told(told, end.options())).ofKind("erspan");
    }
}
