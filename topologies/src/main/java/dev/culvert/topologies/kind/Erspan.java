package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Option.HeaderField;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mirrored Ethernet frames over GRE over IPv4 (draft-foschiano-erspan-02), types I to III. Kernel: net/ipv4/ip_gre.c, {@code
 * erspan_netdev_ops}; the options are those of iproute2's {@code ip/link_gre.c}.
 */
public final class Erspan implements Kind {

    private static final int IPV4_HEADER = 20;
    private static final int ETHERNET_HEADER = 14;
    /** IANA's number for GRE. */
    private static final int PROTOCOL = 47;

    /** The length of GRE's and ERSPAN's header of version 1. */
    private static final int VERSION_1 = 16;

    private static final String TYPE_I = "0";
    private static final String TYPE_II = "1";
    private static final String TYPE_III = "2";

    /** The options that a route says to a device in external mode, or that it has anyway: {@code seq}. */
    private static final Set<String> BY_ROUTE =
            Set.of("seq", "key", "erspan_ver", "erspan", "erspan_dir", "erspan_hwid", "ttl", "tos");

    private static final List<Option> OPTIONS = List.of(
            External.OPTION,
            new HeaderField("seq"),
            new Option.WholeNumber("key", 0, 1023, null),
            new Option.WholeNumber("erspan_ver", 0, 2, TYPE_II),
            new Option.WholeNumber("erspan", 1, 0xfffff, null),
            new Option.Choice("erspan_dir", List.of("ingress", "egress"), "ingress"),
            new Option.WholeNumber("erspan_hwid", 0, 63, "0"),
            new NumberOrInherit("ttl", 1, 255, NumberOrInherit.INHERIT),
            new Option.HexadecimalOrInherit("tos", 255),
            new Option.Flag("pmtudisc", true),
            new Option.Flag("ignore-df", false),
            new Option.Device("dev"));

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
    public Map<String, String> conflicts(Options options) {
        Map<String, String> given = options.given();
        Map<String, String> values = options.asWords();
        String version = values.getOrDefault("erspan_ver", TYPE_II);
        boolean external = External.is(options);
        Map<String, String> conflicts =
                new LinkedHashMap<>(external ? External.conflicts(options, BY_ROUTE) : Map.of());
        if (external && version.equals(TYPE_I)) {
            // ip_tun_parse_opts_erspan in net/ipv4/ip_tunnel_core.c: EINVAL
            conflicts.put("erspan_ver", "cannot be 0 beside external: a route says 1 or 2");
        } else if (version.equals(TYPE_I)) {
            for (String field : List.of("seq", "key")) {
                refuse(conflicts, given, field, "is no field of type I, which erspan_ver 0 is; leave it out");
            }
        } else {
            // erspan_validate in net/ipv4/ip_gre.c: EINVAL unless both and nothing else is there.
            if (!"true".equals(given.get("seq"))) {
                conflicts.put(
                        "seq", "must be true: types II and III have a sequence number, and the kernel insists on it");
            }
            if (!given.containsKey("key")) {
                conflicts.put("key", "must be given: it is the session id, and the kernel insists on it");
            }
        }
        if (!version.equals(TYPE_II)) {
            refuse(
                    conflicts,
                    given,
                    "erspan",
                    "is the index of type II, and erspan_ver " + version + " is another type");
        }
        if (!version.equals(TYPE_III)) {
            for (String field : List.of("erspan_dir", "erspan_hwid")) {
                refuse(
                        conflicts,
                        given,
                        field,
                        "is a field of type III, and erspan_ver " + version + " is another type");
            }
        }
        if ("true".equals(values.get("ignore-df")) && "true".equals(values.get("pmtudisc"))) {
            // ipgre_netlink_parms in net/ipv4/ip_gre.c: EINVAL for IGNORE_DF beside IP_DF
            conflicts.put(
                    "ignore-df", "cannot be true beside pmtudisc; the kernel refuses the pair, so set pmtudisc: false");
        }
        return conflicts;
    }

    private static void refuse(Map<String, String> conflicts, Map<String, String> given, String option, String why) {
        if (given.containsKey(option)) {
            conflicts.put(option, why);
        }
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
    public boolean carriesFrames() {
        return true;
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
    public Set<Carried> carries(Options options) {
        return Set.of(Carried.ETHERNET);
    }

    @Override
    public int outerProtocol(Options options, Carried carried) {
        if (carried != Carried.ETHERNET) {
            throw new IllegalArgumentException("erspan carries frames only; a gre device carries " + carried);
        }
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

    /** {@inheritDoc} Labels are behind the header of a frame. */
    @Override
    public boolean carriesLabels(Options options) {
        return true;
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
    public List<String> addDevice(TunnelEnd end) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "add", end.device()));
        if (end.mac() != null) {
            argv.addAll(List.of("address", end.mac()));
        }
        argv.addAll(List.of("type", "erspan"));
        argv.addAll(Gre.words(end));
        return List.copyOf(argv);
    }

    /** {@inheritDoc} What is not said stays: {@code gre_parse_opt} in iproute2 asks the kernel for it first. */
    @Override
    public List<String> changeDevice(String device, List<String> words) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "set", device, "type", "erspan"));
        argv.addAll(words);
        return List.copyOf(argv);
    }

    @Override
    public Optional<LightweightTunnel> lightweightTunnel(TunnelEnd end) {
        ErspanHeader header = ErspanHeader.sentBy(end.options());
        return end.external()
                ? Optional.of(External.route(end, (long) header.sessionId(), List.of(), header.byRoute()))
                : Optional.empty();
    }

    /** {@inheritDoc} {@code erspan_netlink_parms} in net/ipv4/ip_gre.c reads what GRE has, and these of {@code IFLA_GRE_*}. */
    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        if (end.external()) {
            return GreOptions.of(end).ofKind("erspan");
        }
        ErspanHeader header = ErspanHeader.sentBy(end.options());
        LinkOptions told = GreOptions.of(end);
        told.add(LinkOption.of(
                "erspan_ver",
                new Attribute("IFLA_GRE_ERSPAN_VER", 22, Value.u8(header.version())),
                new Shown("erspan_ver", String.valueOf(header.version()))));
        if (header.version() == 1) {
            told.add(LinkOption.of(
                    "erspan",
                    new Attribute("IFLA_GRE_ERSPAN_INDEX", 21, Value.u32(header.index())),
                    new Shown("erspan_index", String.valueOf(header.index()))));
        } else if (header.version() == 2) {
            told.add(LinkOption.of(
                    "erspan_dir",
                    new Attribute("IFLA_GRE_ERSPAN_DIR", 23, Value.u8(header.egress() ? 1 : 0)),
                    new Shown("erspan_dir", header.egress() ? "egress" : "ingress")));
            told.add(LinkOption.of(
                    "erspan_hwid",
                    new Attribute("IFLA_GRE_ERSPAN_HWID", 24, Value.u16(header.hardwareId())),
                    new Shown("erspan_hwid", "0x" + Integer.toHexString(header.hardwareId()))));
        }
        return told.ofKind("erspan");
    }
}
