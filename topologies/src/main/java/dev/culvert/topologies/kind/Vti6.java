package dev.culvert.topologies.kind;

import dev.culvert.topologies.Family;
import dev.culvert.topologies.Options;
import java.util.List;
import java.util.Set;

/**
 * Virtual tunnel interface over IPv6: what {@link Vti} is over IPv4. Kernel: net/ipv6/ip6_vti.c; options are those of iproute2's {@code
 * ip/link_vti6.c}.
 */
public final class Vti6 implements IpsecKind {

    private static final int IPV6_HEADER = 40;
    /** {@code LL_MAX_HEADER} of include/linux/netdevice.h in a kernel with wireless meshes or Hyper-V. */
    private static final int LONGEST_LINK_HEADER = 128;

    @Override
    public String name() {
        return "vti6";
    }

    @Override
    public String title() {
        return "IPsec tunnel interface over IPv6";
    }

    @Override
    public List<String> modules() {
        return List.of("ip6_vti", "esp6", "xfrm_user");
    }

    @Override
    public String fallbackDevice() {
        return "ip6_vti0";
    }

    /** {@inheritDoc} {@code vti6_tnl_lookup} does. */
    @Override
    public boolean prefersLocal() {
        return true;
    }

    /** {@inheritDoc} {@code vti6_tnl_lookup} asks for addresses alone, and {@code vti6_locate} takes two devices with the same ones for one. */
    @Override
    public boolean prefersLink() {
        return false;
    }

    /** {@inheritDoc} What ESP takes is not among them; that depends on the packet: see {@link dev.culvert.topologies.Esp#overhead}. */
    @Override
    public int overhead(Family outer, Options options) {
        return IPV6_HEADER;
    }

    @Override
    public Set<Family> outerFamilies() {
        return Set.of(Family.IPV6);
    }

    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        // vti6_link_config goes no lower than IPV4_MIN_MTU.
        return Math.max(underlayMtu - IPV6_HEADER, 68);
    }

    @Override
    public int fallbackMtu() {
        // vti6_link_config leaves room for a link-layer header of any kind when there is no device beneath:
        // LL_MAX_HEADER.
        return 1500 - LONGEST_LINK_HEADER - IPV6_HEADER;
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // IP_MAX_MTU less the outer header (vti6_dev_setup).
        return 65535 - IPV6_HEADER;
    }
}
