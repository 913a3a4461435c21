package dev.culvert.reports;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Mpls;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Router;
import dev.culvert.topologies.Throughput;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.Inet4Address;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Topologies to report on. */
public final class SampleTopologies {

    private static final Kind KIND = Kinds.named("ipip").orElseThrow();

    private SampleTopologies() {}

    /** Two servers on one link, without LANs. */
    public static Topology plain(String name) {
        return topology(
                name, end(Place.A, "198.51.100.1", "t1", null), end(Place.B, "198.51.100.2", "t1", null), null, null);
    }

    /** A router between, whose link to B takes 1400 bytes, and a LAN host behind each server. */
    public static Topology routed() {
        Router router = new Router(
                port(Place.ROUTER, "eth0", "198.51.100.126", 25, 1500),
                port(Place.ROUTER, "eth1", "198.51.100.129", 25, 1400));
        return topology(
                "ipip-routed",
                end(Place.A, "198.51.100.1", "t1", lan(Place.H, 1)),
                end(Place.B, "198.51.100.130", "t1", lan(Place.J, 2)),
                router,
                null);
    }

    /** MPLS within IP between two LANs; B receives on the fallback device. */
    public static Topology labelled() {
        return topology(
                "ipip-mpls",
                end(Place.A, "198.51.100.1", "t1", lan(Place.H, 1)),
                end(Place.B, "198.51.100.2", "tunl0", lan(Place.J, 2)),
                null,
                new Mpls(List.of(100, 200), List.of(300)));
    }

    private static Topology topology(
            String name, Endpoint a, Endpoint b, @Nullable Router router, @Nullable Mpls mpls) {
        return new Topology(
                name,
                "A and B, joined by IP within IP",
                "",
                "name: " + name + "\n",
                List.of(),
                KIND,
                a,
                b,
                router,
                mpls,
                null,
                Throughput.DEFAULT);
    }

    private static Endpoint end(Place place, String address, String device, @Nullable Lan lan) {
        Inet4Address local = ip(address);
        Inet4Address remote = ip(place == Place.B ? "198.51.100.1" : "198.51.100.2");
        InterfaceAddress inside = new InterfaceAddress(ip(place == Place.A ? "203.0.113.1" : "203.0.113.2"), 24);
        return new Endpoint(
                place,
                port(place, "eth0", address, 24, 1500),
                new TunnelEnd(device, local, remote, inside, null, Options.of(KIND, Map.of())),
                lan,
                List.of(),
                Map.of());
    }

    private static Lan lan(Place host, int number) {
        return new Lan(
                port(host == Place.H ? Place.A : Place.B, "lan0", "198.18." + number + ".1", 24, 1500),
                port(host, "eth0", "198.18." + number + ".2", 24, 1500));
    }

    private static Port port(Place place, String device, String address, int prefixLength, int mtu) {
        return new Port(place, device, "02:00:00:00:00:0a", new InterfaceAddress(ip(address), prefixLength), mtu);
    }

    private static Inet4Address ip(String address) {
        return Ipv4.parse(address).orElseThrow();
    }
}
