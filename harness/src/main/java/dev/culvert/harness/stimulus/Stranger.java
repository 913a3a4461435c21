package dev.culvert.harness.stimulus;

import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;

/** An encapsulator that B's tunnel was told nothing of: an address of A's beside that of the tunnel, which B can answer to. */
public final class Stranger {

    /** Of TEST-NET-1 (RFC 5737 section 3), which no topology uses. */
    public static final Inet4Address ADDRESS = Ipv4.parse("192.0.2.77").orElseThrow();

    /** Its IPv6 address, of the documentation prefix (RFC 3849), which no topology uses. */
    public static final Inet6Address IPV6_ADDRESS =
            Ipv6.parse("2001:db8:77::77").orElseThrow();

    private static final String PREFIX = ADDRESS.getHostAddress() + "/32";

    private Stranger() {}

    /** Makes the address known, off the tunnel, until the end of the stimulus. */
    static void join(Stage stage) {
        Topology topology = stage.topology();
        String a = topology.a().underlay().address().host();
        stage.run("stranger-at-a", Place.A, List.of("ip", "addr", "add", PREFIX, "dev", "lo"));
        stage.afterwards(Place.A, List.of("ip", "addr", "del", PREFIX, "dev", "lo"));
        if (topology.router() == null) {
            route(stage, Place.B, a);
        } else {
            route(stage, Place.B, topology.router().towardsB().address().host());
            route(stage, Place.ROUTER, a);
        }
    }

    private static void route(Stage stage, Place place, String nextHop) {
        stage.run("stranger-at-" + place.id(), place, List.of("ip", "route", "add", PREFIX, "via", nextHop));
        stage.afterwards(place, List.of("ip", "route", "del", PREFIX, "via", nextHop));
    }
}
