package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.LinkInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Mirrored Ethernet frames over GRE over IPv6 (draft-foschiano-erspan-02), types II and III. Kernel: net/ipv6/ip6_gre.c, {@code
 * ip6erspan_netdev_ops}; the options are those of iproute2's {@code ip/link_gre6.c}.
 */
public final class Ip6erspan implements Kind {

    /** Where a frame has its EtherType. */
    private static final int TYPE = 12;

    private static final List<Option> OPTIONS = Stream.of(
                    // ip6erspan_tap_validate: EINVAL for a version of 0
                    ErspanFields.of(1), OuterIpv6.OPTIONS, List.<Option>of(new Option.Device("dev")))
            .<Option>flatMap(List::stream)
            .toList();

    private final Ip6gre gre = new Ip6gre();

    @Override
    public String name() {
        return "ip6erspan";
    }

    @Override
    public String title() {
        return "Mirrored Ethernet frames over GRE over IPv6";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, String> conflicts(Options options) {
        return ErspanFields.conflicts(options);
    }

    @Override
    public List<String> modules() {
        return gre.modules();
    }

    /** {@inheritDoc} None of its own: {@code ip6gre_tunnel_lookup} ends with ip6gre0, whatever is carried. */
    @Override
    public @Nullable String fallbackDevice() {
        return null;
    }

    @Override
    public int overhead(Family outer, Options options) {
        return OuterIpv6.length(options) + ErspanHeader.sentBy(options).length() + OuterIpv6.ETHERNET_HEADER;
    }

    @Override
    public boolean carriesFrames() {
        return true;
    }

    @Override
    public Set<Family> outerFamilies() {
        return gre.outerFamilies();
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
        return OuterIpv6.nextHeader(options, carriedProtocol(options, carried));
    }

    @Override
    public int carriedProtocol(Options options, Carried carried) {
        if (carried != Carried.ETHERNET) {
            throw new IllegalArgumentException("ip6erspan carries frames only; an ip6gre device carries " + carried);
        }
        return gre.carriedProtocol(options, Carried.IPV6);
    }

    @Override
    public List<String> fixedHeader(int hopLimit, int trafficClass) {
        return gre.fixedHeader(hopLimit, trafficClass);
    }

    @Override
    public List<String> inheritedHeader() {
        return gre.inheritedHeader();
    }

    @Override
    public boolean encapsulatesEcn() {
        return gre.encapsulatesEcn();
    }

    @Override
    public boolean relaysErrors() {
        return gre.relaysErrors();
    }

    /** {@inheritDoc} The encapsulation limit comes first, unless there is to be none. */
    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        byte[] made = ErspanHeader.sentBy(options).before(packet);
        return carriesIp(packet) ? OuterIpv6.behind(options, carriedProtocol(options, carried), made) : made;
    }

    /** {@inheritDoc} {@code ip6erspan_tunnel_xmit} puts the encapsulation limit before frames of IPv4 and IPv6 alone. */
    @Override
    public int leavesOut(Options options, byte[] frame) {
        return carriesIp(frame) ? 0 : OuterIpv6.length(options) - OuterIpv6.HEADER;
    }

    private static boolean carriesIp(byte[] frame) {
        int type = frame.length < TYPE + 2 ? 0 : ByteBuffer.wrap(frame).getChar(TYPE);
        return type == Carried.IPV4.etherType() || type == Carried.IPV6.etherType();
    }

    /** {@inheritDoc} Types II and III always. */
    @Override
    public boolean numbersPackets(Options options) {
        return true;
    }

    /** {@inheritDoc} Labels are behind the header of a frame. */
    @Override
    public boolean carriesLabels(Options options) {
        return true;
    }

    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        // ip6gre_tnl_link_config_route goes no lower than IPV6_MIN_MTU.
        return Math.max(underlayMtu - overhead(outer, options), Ip6gre.LEAST_DEFAULT_MTU);
    }

    @Override
    public boolean fallbackTakes(Options options) {
        return false;
    }

    @Override
    public Map<String, String> fallbackOptions() {
        return Map.of();
    }

    @Override
    public int fallbackMtu() {
        return gre.fallbackMtu();
    }

    @Override
    public int minMtu() {
        return gre.minMtu();
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // IP6_MAX_MTU less the outer header, ERSPAN's and that of a frame (ip6_tnl_change_mtu).
        return 65535 - ErspanHeader.sentBy(options).length() - OuterIpv6.ETHERNET_HEADER;
    }

    @Override
    public List<String> addDevice(TunnelEnd end) {
        return Ip6gretap.add("ip6erspan", end);
    }

    /** {@inheritDoc} The kernel also takes the MTU from the underlay anew ({@code ip6gre_tnl_link_config}). */
    @Override
    public List<String> changeDevice(String device, List<String> words) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "set", device, "type", "ip6erspan"));
        argv.addAll(words);
        return List.copyOf(argv);
    }

    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        return ErspanFields.told(GreOptions.overIpv6(end), end.options()).ofKind("ip6erspan");
    }
}
