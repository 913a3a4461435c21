package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.GeneveTunnelOption;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.link.LinkInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Generic Network Virtualization Encapsulation (RFC 8926): Ethernet in UDP over IPv4 or IPv6, with options in its header where routes say so.
 * Kernel: drivers/net/geneve.c; defaults are those of iproute2's {@code ip/iplink_geneve.c}.
 */
public final class Geneve implements FrameKind {

    static final String ID = "id";
    static final String TTL = "ttl";
    static final String AUTO = "auto";
    static final String PORT = "dstport";
    static final String DONT_FRAGMENT = "df";
    static final String CHECKSUM = "udpcsum";
    static final String NO_CHECKSUM_SENT = "udp6zerocsumtx";
    static final String NO_CHECKSUM_TAKEN = "udp6zerocsumrx";
    static final String FLOW_LABEL = "flowlabel";
    static final String INNER_PROTOCOL = "innerprotoinherit";
    static final String HEADER_OPTIONS = "geneve_opts";
    static final List<String> DF = List.of("unset", "set", "inherit");

    /** IANA's number for Geneve. */
    private static final String REGISTERED_PORT = "6081";

    private static final List<Option> OPTIONS = List.of(
            External.OPTION,
            new Option.WholeNumber(ID, 0, 0xff_ffff, null),
            new Option.NumberOrWord(TTL, 1, 255, List.of(AUTO, NumberOrInherit.INHERIT), AUTO),
            new Option.HexadecimalOrInherit("tos", 255),
            new Option.Choice(DONT_FRAGMENT, DF, DF.get(0)),
            new Option.Port(PORT, REGISTERED_PORT),
            new Option.Flag(CHECKSUM, false),
            new Option.Flag(NO_CHECKSUM_SENT, false),
            new Option.Flag(NO_CHECKSUM_TAKEN, false),
            new Option.WholeNumber(FLOW_LABEL, 0, 0xfffff, "0"),
            new Option.Word(INNER_PROTOCOL),
            new Option.GeneveHeaderOptions(HEADER_OPTIONS));

    /** What only an outer header of IPv4 has, and what only one of IPv6 has. */
    private static final Map<Family, Set<String>> ONLY_OF = Map.of(
            Family.IPV4, Set.of(DONT_FRAGMENT, CHECKSUM),
            Family.IPV6, Set.of(NO_CHECKSUM_SENT, NO_CHECKSUM_TAKEN, FLOW_LABEL));

    /** The options of a device that is there which geneve_nl2info lets anybody change. */
    private static final Set<String> CHANGEABLE = Set.of(TTL, "tos", DONT_FRAGMENT, FLOW_LABEL);

    private static final int UDP_HEADER = 8;
    private static final int GENEVE_HEADER = 8;

    /** What no receiver looks at; a device takes it by the flow. */
    private static final int SOURCE_PORT = 50000;

    @Override
    public String name() {
        return "geneve";
    }

    @Override
    public String title() {
        return "Ethernet over Geneve over IPv4 or IPv6";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, String> conflicts(Options options) {
        Map<String, String> conflicts = new LinkedHashMap<>();
        if (!options.given().containsKey(ID)) {
            conflicts.put(
                    ID, "must be given: the virtual network identifier, 0 … 16777215, which is the same at both ends");
        }
        if (External.is(options)) {
            conflicts.putAll(GeneveExternal.conflicts(options));
            if (is(INNER_PROTOCOL, options)) {
                conflicts.put(
                        INNER_PROTOCOL,
                        "is not known beside external, whose routes lead to frames; leave one of them out");
            }
        } else if (options.given().containsKey(HEADER_OPTIONS)) {
            conflicts.put(
                    HEADER_OPTIONS,
                    "is what routes say to a device in external mode, for others have no options; give external: true, or leave it out");
        }
        return conflicts;
    }

    @Override
    public Map<String, String> outOfPlace(Family outer, Options options) {
        Map<String, String> outOfPlace = new LinkedHashMap<>();
        ONLY_OF.forEach((family, names) -> names.stream()
                .filter(name -> family != outer && options.given().containsKey(name))
                .forEach(name -> outOfPlace.put(
                        name,
                        "is of an outer header of " + family.title() + ", and that of this tunnel is " + outer.title()
                                + "; leave it out")));
        return outOfPlace;
    }

    /**
     * {@inheritDoc} {@code geneve_lookup} finds a device by port, identifier and remote, one in external mode by its port alone; UDP wants a
     * checksum over IPv6 (RFC 8200 section 8.1).
     */
    @Override
    public Map<String, String> mismatches(Options own, Options far) {
        Map<String, String> mismatches = new LinkedHashMap<>();
        boolean anyIdentifier = External.is(own) && External.is(far);
        for (String name : anyIdentifier ? List.of(PORT) : List.of(ID, PORT)) {
            String theirs = far.asWords().get(name);
            if (!Objects.equals(own.asWords().get(name), theirs)) {
                mismatches.put(
                        name,
                        "is not that of the other end, " + theirs
                                + ", so that neither takes what the other sends; make them one");
            }
        }
        if (is(INNER_PROTOCOL, own) != is(INNER_PROTOCOL, far)) {
            mismatches.put(
                    INNER_PROTOCOL,
                    "must be the same at both ends: one would carry packets and the other one frames; give it to both or to none");
        }
        if (is(NO_CHECKSUM_SENT, own) && !takesNoChecksum(far)) {
            mismatches.put(
                    NO_CHECKSUM_SENT,
                    "leaves out what the other end insists on; give that one " + NO_CHECKSUM_TAKEN + ": true");
        }
        return mismatches;
    }

    /** In external mode it takes packets without a checksum whatever it is told, see {@link GeneveExternal#conflicts}. */
    private static boolean takesNoChecksum(Options options) {
        return External.is(options) || is(NO_CHECKSUM_TAKEN, options);
    }

    private static boolean is(String flag, Options options) {
        return Boolean.parseBoolean(options.asWords().get(flag));
    }

    @Override
    public List<String> modules() {
        return List.of("geneve");
    }

    @Override
    public @Nullable String fallbackDevice() {
        return null;
    }

    /** {@inheritDoc} Its source is that of the route to the other end ({@code geneve_get_v4_rt}, {@code geneve_get_v6_dst}). */
    @Override
    public boolean hasLocal() {
        return false;
    }

    @Override
    public int overhead(Family outer, Options options) {
        return headers(outer) + optionBytes(options).length + (carriesFrames(options) ? ETHERNET_HEADER : 0);
    }

    private static int headers(Family outer) {
        return outer.headerLength() + UDP_HEADER + GENEVE_HEADER;
    }

    /** {@inheritDoc} {@code geneve_configure} makes a device of bare packets, which {@code geneve_build_skb} sends by their own EtherType. */
    @Override
    public boolean carriesFrames(Options options) {
        return !is(INNER_PROTOCOL, options);
    }

    @Override
    public Set<Carried> carries(Options options) {
        return carriesFrames(options) ? FrameKind.super.carries(options) : EnumSet.of(Carried.IPV4, Carried.IPV6);
    }

    /** {@inheritDoc} Labels without a frame are sent, but {@code geneve_udp_encap_recv} takes no such protocol type. */
    @Override
    public boolean carriesLabels(Options options) {
        return carriesFrames(options);
    }

    @Override
    public Set<Family> outerFamilies() {
        return EnumSet.allOf(Family.class);
    }

    @Override
    public Set<Family> innerFamilies(Options options) {
        return carriesFrames(options) ? EnumSet.of(Family.IPV4) : EnumSet.allOf(Family.class);
    }

    @Override
    public int outerProtocol(Options options, Carried carried) {
        if (!carries(options).contains(carried)) {
            throw new IllegalArgumentException("geneve with these options does not carry " + carried);
        }
        return UdpEncapsulation.PROTOCOL;
    }

    /** {@inheritDoc} UDP, without a checksum, is a part of it. */
    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        int id = Integer.parseInt(options.given().getOrDefault(ID, "0"));
        byte[] headerOptions = optionBytes(options);
        int length = UDP_HEADER + GENEVE_HEADER + headerOptions.length + packet.length;
        return ByteBuffer.allocate(length)
                .putShort((short) SOURCE_PORT)
                .putShort((short) port(options))
                .putShort((short) length)
                .putShort((short) 0)
                .putShort((short) ((headerOptions.length / 4) << 8))
                .putShort((short) carried.etherType())
                .putInt(id << 8)
                .put(headerOptions)
                .put(packet)
                .array();
    }

    private static byte[] optionBytes(Options options) {
        return GeneveTunnelOption.bytes(GeneveTunnelOption.of(options));
    }

    @Override
    public Map<Integer, Integer> udpPorts(Options options) {
        return Map.of(port(options), Integer.parseInt(REGISTERED_PORT));
    }

    static int port(Options options) {
        return Integer.parseInt(options.given().getOrDefault(PORT, REGISTERED_PORT));
    }

    @Override
    public boolean numbersPackets(Options options) {
        return false;
    }

    /** {@inheritDoc} In external mode the most that it takes: {@code geneve_link_config} asks for the route to 0.0.0.0, which is by loopback. */
    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        if (External.is(options)) {
            return maxMtu(outer, options);
        }
        // geneve_link_config, geneve_change_mtu; GENEVE_IPV4_HLEN and GENEVE_IPV6_HLEN count the header of a frame in
        // any
        // case
        return Math.max(underlayMtu - headers(outer) - ETHERNET_HEADER, minMtu());
    }

    @Override
    public boolean fallbackTakes(Options options) {
        return false;
    }

    @Override
    public Map<String, String> fallbackOptions() {
        return Map.of();
    }

    /** {@inheritDoc} There is none; this is what {@code ether_setup} gives a device that has no route to its remote. */
    @Override
    public int fallbackMtu() {
        return 1500;
    }

    @Override
    public int minMtu() {
        // geneve_setup: ETH_MIN_MTU
        return 68;
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // geneve_setup: IP_MAX_MTU less all headers, over IPv4; geneve_configure takes more off over IPv6, and in
        // external mode
        Family reserved = External.is(options) ? Family.IPV6 : outer;
        return 65535 - reserved.headerLength() - UDP_HEADER - GENEVE_HEADER - ETHERNET_HEADER;
    }

    @Override
    public List<String> words(TunnelEnd end) {
        if (end.external()) {
            return External.deviceWords(end.options(), GeneveExternal.OF_THE_DEVICE);
        }
        List<String> words = new ArrayList<>(List.of("remote", IpAddress.text(end.remote())));
        words.addAll(end.options().words());
        return List.copyOf(words);
    }

    @Override
    public List<String> alwaysDf() {
        return List.of(DONT_FRAGMENT, "set");
    }

    @Override
    public List<String> inheritedDf() {
        return List.of(DONT_FRAGMENT, NumberOrInherit.INHERIT);
    }

    /** {@inheritDoc} {@code geneve_parse_opt} of iproute2 refuses to do anything without the identifier. */
    @Override
    public List<String> saidAgain(Options options) {
        return List.of(ID, options.given().getOrDefault(ID, "0"));
    }

    @Override
    public boolean isChangeable(Option option) {
        return CHANGEABLE.contains(option.name());
    }

    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        return GeneveAttributes.of(end).ofKind("geneve");
    }

    @Override
    public Optional<LightweightTunnel> lightweightTunnel(TunnelEnd end) {
        return end.external() ? Optional.of(GeneveExternal.route(end)) : Optional.empty();
    }
}
