package dev.culvert.topologies;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of the tunnel.
 *
 * @param device its name; the kind's fallback device ({@code tunl0}) where {@link Topology#fallback()} says so of B
 * @param local the outer source, also where the fallback device leaves the choice to the kernel
 * @param remote the outer destination, which the far end has as {@code local}, or a group that both are in: see {@link Topology#toGroup}
 * @param address the internal address
 * @param mtu in bytes as configured, or null to leave it to the kernel; see {@link Topology#tunnelMtu}
 * @param mac its Ethernet address, written {@code 02:00:00:00:00:4a}, or null where the kind's devices have none or the kernel chooses it
 * @param potentialRouters the IPv4 addresses of the routers that an ISATAP interface has on its list (RFC 5214 section 8); empty for any other device
 */
public record TunnelEnd(
        String device,
        InetAddress local,
        InetAddress remote,
        InterfaceAddress address,
        @Nullable Integer mtu,
        Options options,
        @Nullable String mac,
        List<Inet4Address> potentialRouters) {

    public TunnelEnd {
        potentialRouters = List.copyOf(potentialRouters);
    }

    /** Whether its device is in external mode: routes give every packet its outer header, and the device takes whatever comes. */
    public boolean external() {
        return "true".equals(options.asWords().get("external"));
    }

    /** Whether its device has a remote, of a kind: it has none where routes, or the inner destinations themselves, say the outer one. */
    public boolean hasRemote(Kind kind) {
        return !external() && kind.sixRd(options).isEmpty() && !kind.isatap(options);
    }

    /** The same end with other options. */
    public TunnelEnd with(Options other) {
        return new TunnelEnd(device, local, remote, address, mtu, other, mac, potentialRouters);
    }

    /** An end whose device knows no potential routers. */
    public TunnelEnd(
            String device,
            InetAddress local,
            InetAddress remote,
            InterfaceAddress address,
            @Nullable Integer mtu,
            Options options,
            @Nullable String mac) {
        this(device, local, remote, address, mtu, options, mac, List.of());
    }

    /** An end without an Ethernet address. */
    public TunnelEnd(
            String device,
            InetAddress local,
            InetAddress remote,
            InterfaceAddress address,
            @Nullable Integer mtu,
            Options options) {
        this(device, local, remote, address, mtu, options, null);
    }
}
