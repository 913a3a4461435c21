package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.LinkInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Mirrored Ethernet frames over GRE over IPv6 (draft-foschiano-erspan-02), types II and III. Kernel: net/ipv6/ip6_gre.c, {@code
 * ip6erspan_netdev_ops}; the options are those of iproute2's {@code ip/link_gre6.c}.
 */
public final class Ip6erspan implements Ip6greFrameKind {

    /** Where a frame has its EtherType. */
    private static final int TYPE = 12;

    private static final List<Option> OPTIONS = Stream.of(
                    // ip6erspan_tap_validate: EINVAL for a version of 0
                    ErspanFields.of(1), OuterIpv6.OPTIONS, List.<Option>of(new Option.Device("dev")))
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
    public Map<String, String> conflicts(Options options) {
        return ErspanFields.conflicts(options);
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

    /** {@inheritDoc} Types II and III always. */
    @Override
    public boolean numbersPackets(Options options) {
        return true;
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // IP6_MAX_MTU less the outer header, ERSPAN's and that of a frame (ip6_tnl_change_mtu).
        return 65535 - ErspanHeader.sentBy(options).length() - ETHERNET_HEADER;
    }

    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        return ErspanFields.told(GreOptions.overIpv6(end), end.options()).ofKind("ip6erspan");
    }
}
