package dev.culvert.topologies.plan;

import dev.culvert.topologies.Esp;
import dev.culvert.topologies.EspAssociation;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A state by which a server protects what it sends, or opens what it receives: in tunnel mode, found by the mark that the key of its
 * device is (ip-xfrm(8), net/ipv4/ip_vti.c, net/ipv6/ip6_vti.c).
 *
 * @param inside the family of IP that is protected
 */
public record EspState(
        Esp esp, InetAddress source, InetAddress destination, EspAssociation association, long mark, Family inside) {

    /** How far behind the newest number one may come, in packets: what a state of this length keeps itself (struct xfrm_replay_state). */
    public static final int REPLAY_WINDOW = 32;

    /** The state by which a server sends; throws {@link NullPointerException} for a topology that IPsec does not protect. */
    public static EspState sending(Topology topology, Place place) {
        TunnelEnd end = topology.endpoint(place).tunnel();
        Esp esp = Objects.requireNonNull(topology.esp());
        return new EspState(
                esp, end.local(), end.remote(), esp.sentBy(place), key(end, "okey"), topology.innerFamily());
    }

    /** The state by which a server receives; throws {@link NullPointerException} for a topology that IPsec does not protect. */
    public static EspState receiving(Topology topology, Place place) {
        TunnelEnd end = topology.endpoint(place).tunnel();
        Esp esp = Objects.requireNonNull(topology.esp());
        return new EspState(
                esp,
                end.remote(),
                end.local(),
                esp.sentBy(topology.far(place).place()),
                key(end, "ikey"),
                topology.innerFamily());
    }

    private static long key(TunnelEnd end, String direction) {
        Map<String, String> keys = end.options().given();
        return Long.parseLong(Objects.requireNonNull(keys.getOrDefault(direction, keys.get("key"))));
    }

    /**
     * Whether it must be said to protect either family: left alone it protects that of its own addresses ({@code copy_from_user_state} in
     * net/xfrm/xfrm_user.c).
     */
    public boolean ofEitherFamily() {
        return inside != Family.of(source);
    }

    /** The command that makes it, with its first number still to come. */
    public List<String> add() {
        List<String> argv = new ArrayList<>(List.of(
                "ip", "xfrm", "state", "add", "src", IpAddress.text(source), "dst", IpAddress.text(destination)));
        argv.addAll(List.of("proto", "esp", "spi", String.valueOf(association.spi()), "mode", "tunnel"));
        argv.addAll(List.of("mark", Long.toString(mark), "replay-window", String.valueOf(REPLAY_WINDOW)));
        if (ofEitherFamily()) {
            argv.addAll(List.of("flag", "af-unspec"));
        }
        argv.addAll(esp.suite().words(association));
        if (esp.udpPort() != null) {
            String port = esp.udpPort().toString();
            argv.addAll(List.of("encap", "espinudp", port, port, "0.0.0.0"));
        }
        return List.copyOf(argv);
    }

    /** The command that takes it away. */
    public List<String> delete() {
        List<String> argv = new ArrayList<>(List.of(
                "ip", "xfrm", "state", "delete", "src", IpAddress.text(source), "dst", IpAddress.text(destination)));
        argv.addAll(List.of("proto", "esp", "spi", String.valueOf(association.spi()), "mark", Long.toString(mark)));
        return List.copyOf(argv);
    }
}
