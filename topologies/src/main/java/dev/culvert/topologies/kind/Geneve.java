package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Kind;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Generic Network Virtualization Encapsulation (RFC 8926): Ethernet in UDP over IPv4, without options in its header. Kernel:
 * drivers/net/geneve.c; defaults are those of iproute2's {@code ip/iplink_geneve.c}.
 */
public final class Geneve implements Kind {

    private static final String ID = "id";
    private static final String TTL = "ttl";
    private static final String AUTO = "auto";
    private static final String PORT = "dstport";
    private static final String CHECKSUM = "udpcsum";
    private static final List<String> DF = List.of("unset", "set", "inherit");

    /** IANA's number for Geneve. */
    private static final String REGISTERED_PORT = "6081";

    private static final List<Option> OPTIONS = List.of(
            new Option.WholeNumber(ID, 0, 0xff_ffff, null),
            new Option.NumberOrWord(TTL, 1, 255, List.of(AUTO, NumberOrInherit.INHERIT), AUTO),
            new Option.HexadecimalOrInherit("tos", 255),
            new Option.Choice("df", DF, DF.get(0)),
            new Option.Port(PORT, REGISTERED_PORT),
            new Option.Flag(CHECKSUM, false));

    /** The options of a device that is there which geneve_nl2info lets anybody change. */
    private static final Set<String> CHANGEABLE = Set.of(TTL, "tos", "df");

    private static final int UDP_HEADER = 8;
    private static final int GENEVE_HEADER = 8;
    private static final int ETHERNET_HEADER = 14;

    /** What no receiver looks at; a device takes it by the flow. */
    private static final int SOURCE_PORT = 50000;

    @Override
    public String name() {
        return "geneve";
    }

    @Override
    public String title() {
        return "Ethernet over Geneve over IPv4";
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
    public List<String> modules() {
        return List.of("geneve");
    }

    @Override
    public @Nullable String fallbackDevice() {
        return null;
    }

    /** {@inheritDoc} Its source is that of the route to the other end ({@code geneve_get_v4_rt}). */
    @Override
    public boolean hasLocal() {
        return false;
    }

    @Override
    public int overhead(Family outer, Options options) {
        return outer.headerLength() + UDP_HEADER + GENEVE_HEADER + ETHERNET_HEADER;
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
        return EnumSet.of(Family.IPV4);
    }

    @Override
    public Set<Carried> carries(Options options) {
        return Set.of(Carried.ETHERNET);
    }

    @Override
    public int outerProtocol(Options options, Carried carried) {
        if (carried != Carried.ETHERNET) {
            throw new IllegalArgumentException("geneve carries frames only, not " + carried);
        }
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

    /** {@inheritDoc} Labels are behind the header of a frame. */
    @Override
    public boolean carriesLabels(Options options) {
        return true;
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
        // geneve_setup, geneve_configure: IP_MAX_MTU less all headers
        return 65535 - overhead(outer, options);
    }

    @Override
    public List<String> addDevice(TunnelEnd end) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "add", end.device()));
        if (end.mac() != null) {
            argv.addAll(List.of("address", end.mac()));
        }
        argv.addAll(List.of("type", "geneve", "remote", IpAddress.text(end.remote())));
        argv.addAll(end.options().words());
        return List.copyOf(argv);
    }

    @Override
    public List<String> changeDevice(String device, List<String> words) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "set", device, "type", "geneve"));
        argv.addAll(words);
        return List.copyOf(argv);
    }

    @Override
    public List<String> alwaysDf() {
        return List.of("df", "set");
    }

    @Override
    public List<String> inheritedDf() {
        return List.of("df", NumberOrInherit.INHERIT);
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
        String df = words.getOrDefault("df", DF.get(0));
        boolean checksum = "true".equals(words.get(CHECKSUM));
        return new LinkOptions(end.options())
                .add(LinkOption.of(
                        ID, new Attribute("IFLA_GENEVE_ID", 1, Value.u32(Long.parseLong(id))), new Shown("id", id)))
                .address("remote", "IFLA_GENEVE_REMOTE", 2, end.remote())
                .add(ttl(words.getOrDefault(TTL, AUTO)))
                .tos("IFLA_GENEVE_TOS", 4)
                .add(LinkOption.of(
                        PORT,
                        new Attribute("IFLA_GENEVE_PORT", 5, Value.be16(port)),
                        new Shown("port", String.valueOf(port))))
                .add(LinkOption.of(
                        CHECKSUM,
                        new Attribute("IFLA_GENEVE_UDP_CSUM", 8, Value.u8(checksum ? 1 : 0)),
                        new Shown("udp_csum", String.valueOf(checksum))))
                .add(LinkOption.of(
                        "df", new Attribute("IFLA_GENEVE_DF", 13, Value.u8(DF.indexOf(df))), new Shown("df", df)))
                .ofKind("geneve");
    }

    /** To inherit it is an attribute of its own, beside which the number is not looked at. */
    private static LinkOption ttl(String word) {
        if (word.equals(NumberOrInherit.INHERIT)) {
            return LinkOption.of(TTL, new Attribute("IFLA_GENEVE_TTL_INHERIT", 12, Value.u8(1)), new Shown(TTL, word));
        }
        String number = word.equals(AUTO) ? "0" : word;
        return LinkOption.of(
                TTL, new Attribute("IFLA_GENEVE_TTL", 3, Value.u8(Integer.parseInt(number))), new Shown(TTL, number));
    }
}
