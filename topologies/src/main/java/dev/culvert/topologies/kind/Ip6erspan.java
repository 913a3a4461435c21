package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.LinkInfo;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Mirrored Ethernet frames over GRE over IPv6 (draft-foschiano-erspan-02), types II and III. Kernel: net/ipv6/ip6_gre.c, {@code
 * ip6erspan_netdev_ops}; the options are those of iproute2's {@code ip/link_gre6.c}.
 */
public final class Ip6erspan implements Ip6greFrameKind {

    /** Where a frame has its EtherType. */
    private static final int TYPE = 12;

    /** The length of GRE's and ERSPAN's header of type II. */
    private static final int TYPE_II = 16;

    /** The options that a route says to a device in external mode, or that it has anyway: {@code seq}. */
    private static final Set<String> BY_ROUTE =
            Set.of("seq", "key", "erspan_ver", "erspan", "erspan_dir", "erspan_hwid", "hoplimit", "tclass");

    private static final List<Option> OPTIONS = Stream.of(
                    // ip6erspan_tap_validate: EINVAL for a version of 0
                    List.of(External.OPTION),
                    ErspanFields.of(1),
                    OuterIpv6.OPTIONS,
                    List.<Option>of(new Option.Device("dev"), OuterIpv6.MARK))
            .<Option>flatMap(List::stream)
            .toList();

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
    public Map<String, String> mismatches(Options own, Options far) {
        return GreAgreement.mismatches(own, far);
    }

    @Override
    public Map<String, String> conflicts(Options options) {
        Map<String, String> conflicts = new LinkedHashMap<>(ErspanFields.conflicts(options));
        if (External.is(options)) {
            conflicts.putAll(External.conflicts(options, BY_ROUTE));
            conflicts.putAll(OuterIpv6.conflictsWithExternal(options));
        }
        return conflicts;
    }

    @Override
    public int overhead(Family outer, Options options) {
        return OuterIpv6.length(options) + ErspanHeader.sentBy(options).length() + ETHERNET_HEADER;
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

    /** {@inheritDoc} Types II and III always; in external mode i_flags stay 0, and {@code __ip6_tnl_rcv} looks at no number. */
    @Override
    public boolean numbersPackets(Options options) {
        return !External.is(options);
    }

    /** {@inheritDoc} In external mode {@code ip6erspan_tap_init} starts from ETH_DATA_LEN, and leaves room for type II and the encapsulation limit. */
    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        return External.is(options)
                ? 1500 - OuterIpv6.HEADER - TYPE_II - ETHERNET_HEADER - EncapsulationLimit.LENGTH
                : Ip6greFrameKind.super.defaultMtu(outer, underlayMtu, options);
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // IP6_MAX_MTU less the outer header, ERSPAN's and that of a frame (ip6_tnl_change_mtu).
        return 65535 - ErspanHeader.sentBy(options).length() - ETHERNET_HEADER;
    }

    @Override
    public Optional<LightweightTunnel> lightweightTunnel(TunnelEnd end) {
        return end.external() ? Optional.of(ErspanHeader.sentBy(end.options()).route(end)) : Optional.empty();
    }

    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        LinkOptions told = GreOptions.overIpv6(end);
        return (end.external() ? told : ErspanFields.told(told, end.options())).ofKind("ip6erspan");
    }
}
