package dev.culvert.harness.stimulus;

import dev.culvert.harness.server.Lists;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What server A's kernel makes of the MTU of a tunnel device. */
public final class MtuStimuli {

    /** The underlay's MTU goes down beneath the tunnel, and a later device is made and given MTUs. */
    public static final String DEVICE_MTU = "device-mtu";
    /** By how much the underlay's MTU goes down. */
    public static final int LESS = 200;
    /** The device that is made meanwhile. */
    public static final String LATER_DEVICE = "later0";

    // 192.0.2.0/24 is for documentation (RFC 5737), and no topology of ours uses it.
    private static final InetAddress NOBODY = Ipv4.address(0xc0000201);

    private static final String OTHER_PORT = "6084";

    private MtuStimuli() {}

    /** The options of {@link #LATER_DEVICE}: none but its underlay, unless the kind cannot do without those of the topology. */
    public static Options laterOptions(Topology topology) {
        if (!canBeBound(topology)) {
            return beside(topology);
        }
        Map<String, String> bound = Map.of("dev", topology.a().underlay().device());
        Options alone = Options.of(topology.kind(), bound);
        if (topology.kind().conflicts(alone).isEmpty()) {
            return alone;
        }
        Map<String, String> whole = new LinkedHashMap<>(beside(topology).given());
        whole.putAll(bound);
        return Options.of(topology.kind(), whole);
    }

    /**
     * The options of the topology, with ends where those of A's device are said by routes: a second device in external mode is refused
     * ({@code ip_tunnel_newlink} in net/ipv4/ip_tunnel.c), and anything on the port of one ({@code geneve_configure} in drivers/net/geneve.c).
     */
    private static Options beside(Topology topology) {
        Options options = topology.a().tunnel().options();
        if (!topology.external()) {
            return options;
        }
        Kind kind = topology.kind();
        Map<String, String> own = new LinkedHashMap<>(options.given());
        own.remove("external");
        if (kind.option("dstport").isPresent()) {
            own.put("dstport", OTHER_PORT);
        }
        own.keySet().removeAll(kind.conflicts(Options.of(kind, own)).keySet());
        return Options.of(kind, own);
    }

    private static boolean canBeBound(Topology topology) {
        return topology.kind().option("dev").isPresent();
    }

    public static List<Stimulus> all() {
        return List.of(Stimulus.of(DEVICE_MTU, "the underlay's MTU is lowered beneath the tunnel", stage -> {
            Endpoint a = stage.topology().a();
            Kind kind = stage.topology().kind();
            Family outer = stage.topology().outerFamily();
            String underlay = a.underlay().device();
            int mtu = a.underlay().mtu();
            stage.afterwards(Place.A, setMtu(underlay, mtu));
            stage.run("underlay-lowered", Place.A, setMtu(underlay, mtu - LESS));
            if (stage.ask("device-made", Place.A, kind.addDevice(later(stage.topology())))
                            .exit()
                    == 0) {
                stage.afterwards(Place.A, List.of("ip", "link", "del", LATER_DEVICE));
            }
            stage.run("links", Place.A, Lists.LINKS);
            stage.run("below-least", Place.A, setMtu(LATER_DEVICE, kind.minMtu() - 1));
            stage.run("least", Place.A, setMtu(LATER_DEVICE, kind.minMtu()));
            stage.run("most", Place.A, setMtu(LATER_DEVICE, kind.maxMtu(outer, laterOptions(stage.topology()))));
            stage.run(
                    "above-most",
                    Place.A,
                    setMtu(LATER_DEVICE, kind.maxMtu(outer, laterOptions(stage.topology())) + 1));
        }));
    }

    private static TunnelEnd later(Topology topology) {
        Endpoint a = topology.a();
        return new TunnelEnd(
                LATER_DEVICE,
                a.tunnel().local(),
                canBeBound(topology) && topology.outerFamily() == Family.IPV4
                        ? NOBODY
                        : neighbour(a.tunnel().remote()),
                a.tunnel().address(),
                null,
                laterOptions(topology));
    }

    /** An address that the same route leads to, without which a device of GRE over IPv6 has no underlay ({@code ip6gre_tnl_link_config_route}). */
    private static InetAddress neighbour(InetAddress address) {
        if (Family.of(address) == Family.IPV4) {
            return Ipv4.address(Ipv4.bits(Ipv4.of(address)) ^ 1);
        }
        byte[] bytes = address.getAddress();
        bytes[bytes.length - 1] ^= 1;
        return Ipv6.address(bytes);
    }

    private static List<String> setMtu(String device, int mtu) {
        return List.of("ip", "link", "set", device, "mtu", Integer.toString(mtu));
    }
}
