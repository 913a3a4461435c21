package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Generic Network Virtualization Encapsulation (RFC 8926): Ethernet in UDP over IPv4 or IPv6, without options in its header. Kernel:
 * drivers/net/geneve.c; defaults are those of iproute2's {@code ip/iplink_geneve.c}.
 */
public final class Geneve implements FrameKind {

    private static final String ID = "id";
    private static final String TTL = "ttl";
    private static final String AUTO = "auto";
    private static final String PORT = "dstport";
    private static final String DONT_FRAGMENT = "df";
    private static final String CHECKSUM = "udpcsum";
    private static final String NO_CHECKSUM_SENT = "udp6zerocsumtx";
    private static final String NO_CHECKSUM_TAKEN = "udp6zerocsumrx";
    private static final String FLOW_LABEL = "flowlabel";
    private static final List<String> DF = List.of("unset", "set", "inherit");

    /** IANA's number for Geneve. */
    private static final String REGISTERED_PORT = "6081";

    private static final List<Option> OPTIONS = List.of(
            new Option.WholeNumber(ID, 0, 0xff_ffff, null),
            new Option.NumberOrWord(TTL, 1, 255, List.of(AUTO, NumberOrInherit.INHERIT), AUTO),
            new Option.HexadecimalOrInherit("tos", 255),
            new Option.Choice(DONT_FRAGMENT, DF, DF.get(0)),
            new Option.Port(PORT, REGISTERED_PORT),
            new Option.Flag(CHECKSUM, false),
            new Option.Flag(NO_CHECKSUM_SENT, false),
            new Option.Flag(NO_CHECKSUM_TAKEN, false),
            new Option.WholeNumber(FLOW_LABEL, 0, 0xfffff, "0"));

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
        return options.given().containsKey(ID)
                ? Map.of()
                : Map.of(
                        ID,
                        "must be given: the virtual network identifier, 0 … 16777215, which is the same at both ends");
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

    /** {@inheritDoc} {@code geneve_lookup} finds a device by port, identifier and remote; UDP wants a checksum over IPv6 (RFC 8200 section 8.1). */
    @Override
    public Map<String, String> mismatches(Options own, Options far) {
        Map<String, String> mismatches = new LinkedHashMap<>();
        for (String name : List.of(ID, PORT)) {
            String theirs = far.asWords().get(name);
            if (!Objects.equals(own.asWords().get(name), theirs)) {
                mismatches.put(
                        name,
                        "is not that of the other end, " + theirs
                                + ", so that neither takes what the other sends; make them one");
            }
        }
        if (is(NO_CHECKSUM_SENT, own) && !is(NO_CHECKSUM_TAKEN, far)) {
            mismatches.put(
                    NO_CHECKSUM_SENT,
                    "leaves out what the other end insists on; give that one " + NO_CHECKSUM_TAKEN + ": true");
        }
        return mismatches;
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
        return outer.headerLength() + UDP_HEADER + GENEVE_HEADER + ETHERNET_HEADER;
    }

    @Override
    public Set<Family> outerFamilies() {
        return EnumSet.allOf(Family.class);
    }

    @Override
    public Set<Family> innerFamilies(Options options) {
        return EnumSet.of(Family.IPV4);
    }

    @Override
    public int outerProtocol(Options options, Carried carried) {
        mustBeFrame(carried);
        return UdpEncapsulation.PROTOCOL;
    }

    /** {@inheritDoc} UDP, without a checksum, is a part of it. */
    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        int id = Integer.parseInt(options.given().getOrDefault(ID, "0"));
        int length = UDP_HEADER + GENEVE_HEADER + packet.length;
        return ByteBuffer.allocate(length)
                .putShort((short) SOURCE_PORT)
                .putShort((short) port(options))
                .putShort((short) length)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) carried.etherType())
                .putInt(id << 8)
                .put(packet)
                .array();
    }

    @Override
    public Map<Integer, Integer> udpPorts(Options options) {
        return Map.of(port(options), Integer.parseInt(REGISTERED_PORT));
    }

    private static int port(Options options) {
        return Integer.parseInt(options.given().getOrDefault(PORT, REGISTERED_PORT));
    }

    @Override
    public boolean numbersPackets(Options options) {
        return false;
    }

    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        // geneve_link_config, geneve_change_mtu
        return Math.max(underlayMtu - overhead(outer, options), minMtu());
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
        // geneve_setup: IP_MAX_MTU less all headers, over IPv4; geneve_configure takes more off over IPv6
        return 65535 - overhead(outer, options);
    }

    @Override
    public List<String> words(TunnelEnd end) {
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

    /** {@inheritDoc} {@code geneve_nl2info} in drivers/net/geneve.c reads them, {@code geneve_print_opt} in iproute2 shows them. */
    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        Map<String, String> words = end.options().asWords();
        String id = words.getOrDefault(ID, "0");
        int port = port(end.options());
        boolean overIpv6 = Family.of(end.remote()) == Family.IPV6;
        LinkOptions told = new LinkOptions(end.options())
                .add(LinkOption.of(
                        ID, new Attribute("IFLA_GENEVE_ID", 1, Value.u32(Long.parseLong(id))), new Shown("id", id)))
                .add(ttl(words.getOrDefault(TTL, AUTO)))
                .tos("IFLA_GENEVE_TOS", 4)
                .add(LinkOption.of(
                        PORT,
                        new Attribute("IFLA_GENEVE_PORT", 5, Value.be16(port)),
                        new Shown("port", String.valueOf(port))));
        return (overIpv6 ? ipv6(told, end, words) : ipv4(told, end, words)).ofKind("geneve");
    }

    private static LinkOptions ipv4(LinkOptions told, TunnelEnd end, Map<String, String> words) {
        String df = words.getOrDefault(DONT_FRAGMENT, DF.get(0));
        return told.address("remote", "IFLA_GENEVE_REMOTE", 2, end.remote())
                .add(flag(CHECKSUM, "IFLA_GENEVE_UDP_CSUM", 8, "udp_csum", words))
                .add(LinkOption.of(
                        DONT_FRAGMENT,
                        new Attribute("IFLA_GENEVE_DF", 13, Value.u8(DF.indexOf(df))),
                        new Shown("df", df)));
    }

    private static LinkOptions ipv6(LinkOptions told, TunnelEnd end, Map<String, String> words) {
        int label = Integer.parseInt(words.getOrDefault(FLOW_LABEL, "0"));
        return told.add(LinkOption.of(
                        "remote",
                        new Attribute("IFLA_GENEVE_REMOTE6", 7, new Value.Address(end.remote())),
                        new Shown("remote6", IpAddress.text(end.remote()))))
                .add(flag(NO_CHECKSUM_SENT, "IFLA_GENEVE_UDP_ZERO_CSUM6_TX", 9, "udp_zero_csum6_tx", words))
                .add(flag(NO_CHECKSUM_TAKEN, "IFLA_GENEVE_UDP_ZERO_CSUM6_RX", 10, "udp_zero_csum6_rx", words))
                .add(LinkOption.of(
                        FLOW_LABEL,
                        new Attribute("IFLA_GENEVE_LABEL", 11, Value.be32(label)),
                        new Shown("label", label == 0 ? null : "0x" + Integer.toHexString(label))));
    }

    private static LinkOption flag(String option, String name, int type, String key, Map<String, String> words) {
        boolean on = Boolean.parseBoolean(words.get(option));
        return LinkOption.of(
                option, new Attribute(name, type, Value.u8(on ? 1 : 0)), new Shown(key, String.valueOf(on)));
    }

    /** To inherit it is an attribute of its own, beside which the number is not looked at; {@code ip -j} is silent about it ({@code geneve_print_opt}). */
    private static LinkOption ttl(String word) {
        if (word.equals(NumberOrInherit.INHERIT)) {
            return LinkOption.of(TTL, new Attribute("IFLA_GENEVE_TTL_INHERIT", 12, Value.u8(1)), new Shown(TTL, null));
        }
        String number = word.equals(AUTO) ? "0" : word;
        return LinkOption.of(
                TTL, new Attribute("IFLA_GENEVE_TTL", 3, Value.u8(Integer.parseInt(number))), new Shown(TTL, number));
    }
}
