package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.LinkInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ethernet over GRE over IPv6: a device of layer 2 with the options and the headers of {@link Ip6gre}, behind which comes a whole frame. Kernel:
 * net/ipv6/ip6_gre.c, {@code ip6gre_tap_netdev_ops}.
 */
public final class Ip6gretap implements Kind {

    private final Ip6gre gre = new Ip6gre();

    @Override
    public String name() {
        return "ip6gretap";
    }

    @Override
    public String title() {
        return "Ethernet over GRE over IPv6";
    }

    @Override
    public List<Option> options() {
        return gre.options();
    }

    @Override
    public Map<String, String> conflicts(Options options) {
        return gre.conflicts(options);
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
        return gre.overhead(outer, options) + OuterIpv6.ETHERNET_HEADER;
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
            throw new IllegalArgumentException("ip6gretap carries frames only; an ip6gre device carries " + carried);
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

    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        return gre.encapsulate(options, carried, packet);
    }

    @Override
    public boolean numbersPackets(Options options) {
        return gre.numbersPackets(options);
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
        // ip6_tnl_change_mtu takes off the hard_header_len of an ARPHRD_ETHER device too.
        return gre.maxMtu(outer, options) - OuterIpv6.ETHERNET_HEADER;
    }

    @Override
    public List<String> addDevice(TunnelEnd end) {
        return add("ip6gretap", end);
    }

    /** The command that makes a device of any kind of {@code ip/link_gre6.c} that carries frames. */
    static List<String> add(String kind, TunnelEnd end) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "add", end.device()));
        if (end.mac() != null) {
            argv.addAll(List.of("address", end.mac()));
        }
        argv.addAll(List.of("type", kind));
        argv.addAll(Gre.words(end));
        return List.copyOf(argv);
    }

    /** {@inheritDoc} The kernel also takes the MTU from the underlay anew ({@code ip6gre_tnl_link_config}). */
    @Override
    public List<String> changeDevice(String device, List<String> words) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "set", device, "type", "ip6gretap"));
        argv.addAll(words);
        return List.copyOf(argv);
    }

    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        return GreOptions.overIpv6(end).ofKind("ip6gretap");
    }

    @Override
    public String mirrored(String option) {
        return gre.mirrored(option);
    }
}
