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
import dev.culvert.topologies.link.LinkInfo;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Generic Routing Encapsulation over IPv4 (RFC 2784, RFC 2890), a device of layer 3. Kernel: net/ipv4/ip_gre.c; defaults are those of
 * iproute2's {@code ip/link_gre.c}.
 */
public final class Gre implements Kind {

    private static final int IPV4_HEADER = 20;
    /** IANA's number for GRE. */
    private static final int PROTOCOL = 47;
    /** The length of GRE's header without optional fields. */
    private static final int WITHOUT_FIELDS = 4;

    private static final List<Option> OPTIONS = Stream.of(
                    List.of(External.OPTION),
                    GreOptions.HEADER,
                    List.of(
                            new NumberOrInherit("ttl", 1, 255, NumberOrInherit.INHERIT),
                            new HexadecimalOrInherit("tos", 255),
                            new Option.Flag("pmtudisc", true),
                            new Option.Flag("ignore-df", false),
                            new Option.Device("dev"),
                            LinkOptions.MARK),
                    UdpEncapsulation.OPTIONS)
            .<Option>flatMap(List::stream)
            .toList();

    @Override
    public String name() {
        return "gre";
    }

    @Override
    public String title() {
        return "GRE over IPv4";
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
        if (External.is(options)) {
            return GreOptions.conflictsWithExternal(options, Set.of("ttl", "tos"));
        }
        Map<String, String> conflicts = new LinkedHashMap<>(UdpEncapsulation.conflicts(options));
        conflicts.putAll(GreOptions.conflicts(options));
        Map<String, String> values = options.asWords();
        if ("true".equals(values.get("ignore-df")) && "true".equals(values.get("pmtudisc"))) {
            // ipgre_netlink_parms in net/ipv4/ip_gre.c: EINVAL for IGNORE_DF beside IP_DF
            conflicts.put(
                    "ignore-df", "cannot be true beside pmtudisc; the kernel refuses the pair, so set pmtudisc: false");
        }
        return conflicts;
    }

    @Override
    public boolean takesGroups() {
        return true;
    }

    @Override
    public List<String> configuration(TunnelEnd end) {
        // ipgre_tunnel_init and ipgre_open in net/ipv4/ip_gre.c: a remote that is a group makes a broadcast device.
        return end.remote().isMulticastAddress() ? List.of("CONFIG_NET_IPGRE_BROADCAST") : List.of();
    }

    @Override
    public List<String> modules() {
        return List.of("ip_gre");
    }

    @Override
    public String fallbackDevice() {
        return "gre0";
    }

    @Override
    public int overhead(Family outer, Options options) {
        return IPV4_HEADER
                + UdpEncapsulation.length(options)
                + GreHeader.sentBy(options).length();
    }

    @Override
    public Set<Family> outerFamilies() {
        return Set.of(Family.IPV4);
    }

    @Override
    public Set<Family> innerFamilies(Options options) {
        return EnumSet.allOf(Family.class);
    }

    @Override
    public int outerProtocol(Options options, Carried carried) {
        if (carried == Carried.ETHERNET) {
            throw new IllegalArgumentException("gre carries no frames; a gretap device does");
        }
        return PROTOCOL;
    }

    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        return GreHeader.sentBy(options).before(carried.etherType(), packet);
    }

    @Override
    public boolean numbersPackets(Options options) {
        // In external mode i_flags stay 0, and ip_tunnel_rcv in net/ipv4/ip_tunnel.c looks at no number.
        return !External.is(options) && GreHeader.sentBy(options).sequence();
    }

    @Override
    public boolean carriesLabels(Options options) {
        return true;
    }

    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        // ip_tunnel_bind_dev in net/ipv4/ip_tunnel.c goes no lower than IPV4_MIN_MTU.
        return Math.max(underlayMtu - reserved(options), 68);
    }

    /** {@inheritDoc} It has no {@code icsum}, so that {@code ip_tunnel_rcv} in net/ipv4/ip_tunnel.c refuses a packet with a checksum. */
    @Override
    public boolean fallbackTakes(Options options) {
        return !GreHeader.sentBy(options).checksum();
    }

    @Override
    public Map<String, String> fallbackOptions() {
        // ip_tunnel_init_net makes it from parameters that are all zero, so without IP_DF.
        return Map.of("pmtudisc", "false");
    }

    @Override
    public int fallbackMtu() {
        // ip_tunnel_bind_dev starts from ETH_DATA_LEN when there is neither a remote nor a bound device.
        return 1500 - IPV4_HEADER - WITHOUT_FIELDS;
    }

    @Override
    public int minMtu() {
        return 68;
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // IP_MAX_MTU less the outer header and GRE's (ip_tunnel_newlink, __ip_tunnel_change_mtu).
        return 65535 - reserved(options);
    }

    /** What the kernel takes off an MTU: tunnel->hlen in __gre_tunnel_init, and the outer header. */
    static int reserved(Options options) {
        if (External.is(options)) {
            // A route's fields are not known to the device.
            return IPV4_HEADER + WITHOUT_FIELDS;
        }
        return IPV4_HEADER
                + UdpEncapsulation.reserved(options)
                + GreHeader.sentBy(options).length();
    }

    @Override
    public List<String> words(TunnelEnd end) {
        return end.external() ? External.deviceWords(end.options(), Set.of()) : Kind.super.words(end);
    }

    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        return GreOptions.of(end).ofKind("gre");
    }

    @Override
    public Optional<LightweightTunnel> lightweightTunnel(TunnelEnd end) {
        return end.external() ? Optional.of(route(end)) : Optional.empty();
    }

    /** What a route says by the options of an end, whatever it carries. */
    static LightweightTunnel route(TunnelEnd end) {
        GreHeader header = GreHeader.sentBy(end.options());
        List<LightweightTunnel.HeaderField> fields = new ArrayList<>();
        header.key().ifPresent(key -> fields.add(LightweightTunnel.HeaderField.KEY));
        if (header.sequence()) {
            fields.add(LightweightTunnel.HeaderField.SEQ);
        }
        return External.route(end, header.key().orElse(null), fields);
    }

    @Override
    public String mirrored(String option) {
        return GreOptions.mirrored(option);
    }
}
