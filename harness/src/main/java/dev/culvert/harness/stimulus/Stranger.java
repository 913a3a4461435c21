package dev.culvert.harness.stimulus;

import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** An encapsulator that B's tunnel was told nothing of: an address of A's beside that of the tunnel, which B can answer to. */
public final class Stranger {

    /** Of TEST-NET-1 (RFC 5737 section 3), which no topology uses. */
    public static final Inet4Address ADDRESS = Ipv4.parse("192.0.2.77").orElseThrow();

    /** Its IPv6 address, of the documentation prefix (RFC 3849), which no topology uses. */
    public static final Inet6Address IPV6_ADDRESS =
            Ipv6.parse("2001:db8:77::77").orElseThrow();

    private Stranger() {}

    /** Makes the address known, off the tunnel, until the end of the stimulus. */
    static void join(Stage stage) {
        Topology topology = stage.topology();
        String prefix = IpAddress.text(address(topology)) + (topology.outerFamily() == Family.IPV4 ? "/32" : "/128");
        String a = topology.a().underlay().address().host();
        stage.run("stranger-at-a", Place.A, List.of("ip", "addr", "add", prefix, "dev", "lo"));
        stage.afterwards(Place.A, List.of("ip", "addr", "del", prefix, "dev", "lo"));
        if (topology.router() == null) {
            route(stage, Place.B, prefix, a);
        } else {
            route(stage, Place.B, prefix, topology.router().towardsB().address().host());
            route(stage, Place.ROUTER, prefix, a);
        }
    }

    /** Its address of the family that is between the servers. */
    public static InetAddress address(Topology topology) {
        return topology.outerFamily() == Family.IPV4 ? ADDRESS : IPV6_ADDRESS;
    }

    private static void route(Stage stage, Place place, String prefix, String nextHop) {
        stage.run("stranger-at-" + place.id(), place, List.of("ip", "route", "add", prefix, "via", nextHop));
        stage.afterwards(place, List.of("ip", "route", "del", prefix, "via", nextHop));
    }
}
