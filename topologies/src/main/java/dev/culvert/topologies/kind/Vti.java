package dev.culvert.topologies.kind;

import dev.culvert.topologies.Family;
import dev.culvert.topologies.Options;
import java.util.List;
import java.util.Set;

/**
 * Virtual tunnel interface over IPv4: a device of layer 3 that hands packets to IPsec. It has no header of its own; its keys are marks
 * by which policies and states are found. Kernel: net/ipv4/ip_vti.c; options are those of iproute2's {@code ip/link_vti.c}.
 */
public final class Vti implements IpsecKind {

    private static final int IPV4_HEADER = 20;

    @Override
    public String name() {
        return "vti";
    }

    @Override
    public String title() {
        return "IPsec tunnel interface over IPv4";
    }

    @Override
    public List<String> modules() {
        return List.of("ip_vti", "esp4", "xfrm_user");
    }

    @Override
    public String fallbackDevice() {
        return "ip_vti0";
    }

    /** {@inheritDoc} What ESP takes is not among them; that depends on the packet: see {@link dev.culvert.topologies.Esp#overhead}. */
    @Override
    public int overhead(Family outer, Options options) {
        return IPV4_HEADER;
    }

    @Override
    public Set<Family> outerFamilies() {
        return Set.of(Family.IPV4);
    }

    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        // ip_tunnel_bind_dev in net/ipv4/ip_tunnel.c goes no lower than IPV4_MIN_MTU.
        return Math.max(underlayMtu - IPV4_HEADER, 68);
    }

    @Override
    public int fallbackMtu() {
        // ip_tunnel_bind_dev starts from ETH_DATA_LEN when there is neither a remote nor a bound device.
        return 1500 - IPV4_HEADER;
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // IP_MAX_MTU less the outer header (ip_tunnel_newlink, __ip_tunnel_change_mtu).
        return 65535 - IPV4_HEADER;
    }
}
