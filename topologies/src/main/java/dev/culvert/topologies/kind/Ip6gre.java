package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.link.LinkInfo;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Generic Routing Encapsulation over IPv6 (RFC 2784, RFC 2890, RFC 7676), a device of layer 3. Kernel: net/ipv6/ip6_gre.c; defaults are those of
 * iproute2's {@code ip/link_gre6.c}.
 */
public final class Ip6gre implements Kind {

    /** {@code IPV6_MIN_MTU}. */
    static final int LEAST_DEFAULT_MTU = 1280;

    /** IANA's number for GRE. */
    private static final int PROTOCOL = 47;
    /** The length of GRE's header without optional fields. */
    private static final int WITHOUT_FIELDS = 4;

    private static final List<Option> OPTIONS = Stream.of(
                    List.of(External.OPTION),
                    GreOptions.HEADER,
                    OuterIpv6.OPTIONS,
                    List.of(OuterIpv6.DSCP, new Option.Device("dev"), OuterIpv6.MARK),
                    UdpEncapsulation.OPTIONS_OVER_IPV6)
            .<Option>flatMap(List::stream)
            .toList();

    @Override
    public String name() {
        return "ip6gre";
    }

    @Override
    public String title() {
        return "GRE over IPv6";
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
            Map<String, String> external = GreOptions.conflictsWithExternal(options, Set.of("hoplimit", "tclass"));
            external.putAll(OuterIpv6.conflictsWithExternal(options));
            return external;
        }
        Map<String, String> conflicts = new LinkedHashMap<>(UdpEncapsulation.conflicts(options));
        conflicts.putAll(GreOptions.conflicts(options));
        return conflicts;
    }

    @Override
    public List<String> modules() {
        return List.of("ip6_gre");
    }

    @Override
    public String fallbackDevice() {
        return "ip6gre0";
    }

    @Override
    public int overhead(Family outer, Options options) {
        return OuterIpv6.length(options)
                + UdpEncapsulation.length(options)
                + GreHeader.sentBy(options).length();
    }

    @Override
    public Set<Family> outerFamilies() {
        return Set.of(Family.IPV6);
    }

    @Override
    public Set<Family> innerFamilies(Options options) {
        return EnumSet.allOf(Family.class);
    }

    @Override
    public int outerProtocol(Options options, Carried carried) {
        int carriedProtocol = carriedProtocol(options, carried);
        return UdpEncapsulation.of(options).isPresent()
                ? carriedProtocol
                : OuterIpv6.nextHeader(options, carriedProtocol);
    }

    /** {@inheritDoc} The encapsulation limit comes before UDP ({@code ip6_tnl_xmit}). */
    @Override
    public int protocolOfUdp(Options options) {
        return OuterIpv6.nextHeader(options, UdpEncapsulation.PROTOCOL);
    }

    @Override
    public int carriedProtocol(Options options, Carried carried) {
        if (carried == Carried.ETHERNET) {
            throw new IllegalArgumentException("ip6gre carries no frames; an ip6gretap device does");
        }
        return PROTOCOL;
    }

    @Override
    public List<String> fixedHeader(int hopLimit, int trafficClass) {
        return OuterIpv6.fixed(hopLimit, trafficClass);
    }

    @Override
    public List<String> inheritedHeader() {
        return OuterIpv6.INHERITED;
    }

    /** {@inheritDoc} Not here: {@code prepare_ip6gre_xmit_ipv4} and its likes take the traffic class as it is, all eight bits of it. */
    @Override
    public boolean encapsulatesEcn() {
        return false;
    }

    /** {@inheritDoc} {@code ip6_tnl_rcv} in net/ipv6/ip6_tunnel.c takes apart IPv4 and IPv6 as an ip6tnl device does. */
    @Override
    public boolean takesDscp(Options options) {
        return OuterIpv6.takesDscp(options);
    }

    /** {@inheritDoc} {@code ip6gre_err} tells nobody. */
    @Override
    public boolean relaysErrors() {
        return false;
    }

    /** {@inheritDoc} The encapsulation limit comes first, unless there is to be none, or UDP is between it and GRE. */
    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        byte[] gre = GreHeader.sentBy(options).before(carried.etherType(), packet);
        return UdpEncapsulation.of(options).isPresent() ? gre : OuterIpv6.behind(options, PROTOCOL, gre);
    }

    @Override
    public boolean numbersPackets(Options options) {
        // In external mode i_flags stay 0, and __ip6_tnl_rcv in net/ipv6/ip6_tunnel.c looks at no number.
        return !External.is(options) && GreHeader.sentBy(options).sequence();
    }

    @Override
    public boolean carriesLabels(Options options) {
        return true;
    }

    /** {@inheritDoc} In external mode it has no underlay, as a fallback device has none. */
    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        if (External.is(options)) {
            return fallbackMtu();
        }
        // ip6gre_tnl_link_config_route goes no lower than IPV6_MIN_MTU.
        return Math.max(underlayMtu - reserved(options), LEAST_DEFAULT_MTU);
    }

    /** What the kernel takes off an MTU: t->hlen in ip6gre_calc_hlen, the outer header and the encapsulation limit. */
    static int reserved(Options options) {
        return OuterIpv6.length(options)
                + UdpEncapsulation.reserved(options)
                + GreHeader.sentBy(options).length();
    }

    /** {@inheritDoc} It has no {@code icsum}, so that {@code __ip6_tnl_rcv} in net/ipv6/ip6_tunnel.c refuses a packet with a checksum. */
    @Override
    public boolean fallbackTakes(Options options) {
        return !GreHeader.sentBy(options).checksum();
    }

    @Override
    public Map<String, String> fallbackOptions() {
        // ip6gre_init_net makes it from parameters that are all zero, so that a limit of 0 is in force.
        return Map.of("encaplimit", "0", "hoplimit", NumberOrInherit.INHERIT);
    }

    @Override
    public int fallbackMtu() {
        // ip6gre_tunnel_init_common starts from ETH_DATA_LEN, and leaves room for the encapsulation limit.
        return 1500 - OuterIpv6.HEADER - EncapsulationLimit.LENGTH - WITHOUT_FIELDS;
    }

    @Override
    public int minMtu() {
        return 68;
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // IP6_MAX_MTU less the outer header and GRE's (ip6_tnl_change_mtu, which leaves the encapsulation limit out of
        // account).
        return 65535
                - (External.is(options)
                        ? WITHOUT_FIELDS
                        : UdpEncapsulation.reserved(options)
                                + GreHeader.sentBy(options).length());
    }

    @Override
    public List<String> words(TunnelEnd end) {
        return end.external() ? External.deviceWords(end.options(), Set.of()) : Kind.super.words(end);
    }

    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        return told(end).ofKind("ip6gre");
    }

    /** What a device is told, whatever it carries. */
    static LinkOptions told(TunnelEnd end) {
        LinkOptions told = GreOptions.overIpv6(end);
        return end.external() ? told : told.udpEncapsulation(end.options(), "IFLA_GRE_ENCAP_", 14);
    }

    @Override
    public Optional<LightweightTunnel> lightweightTunnel(TunnelEnd end) {
        return end.external() ? Optional.of(Gre.route(end)) : Optional.empty();
    }

    @Override
    public String mirrored(String option) {
        return GreOptions.mirrored(option);
    }
}
