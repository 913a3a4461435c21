package dev.culvert.reports.throughput;

import dev.culvert.topologies.Family;
import dev.culvert.topologies.Mpls;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Topology;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of a full-size TCP packet are payload, over the underlay and through the tunnel. Their ratio is what the
 * header bytes alone would cost if nothing else did.
 *
 * @param pathMtu largest IP packet that every link between the servers carries
 * @param tunnelMtu largest inner IP packet that then fits, and that the tunnel devices accept
 * @param outer the IP that the underlay carries
 * @param inner the IP that the tunnel carries
 */
public record PacketBudget(int pathMtu, int tunnelMtu, Family outer, Family inner) {

    /** TCP with the time stamps that Linux sends by default (RFC 7323 section 3.2, padded to 12 bytes). */
    private static final int TCP = 20 + 12;

    /** A label stack entry (RFC 3032 section 2.1). */
    private static final int LABEL = 4;

    /** The budget of TCP in a topology. */
    public static PacketBudget of(Topology topology) {
        int pathMtu = ports(topology).mapToInt(Port::mtu).min().orElseThrow();
        int devices = Math.min(topology.tunnelMtu(Place.A), topology.tunnelMtu(Place.B));
        int fits = pathMtu - topology.overhead();
        int tunnelMtu = Math.min(devices, fits) - LABEL * labels(topology.mpls());
        return new PacketBudget(pathMtu, tunnelMtu, topology.outerFamily(), topology.innerFamily());
    }

    /** The payload's part that is left in the tunnel, as a part of 1. */
    public double share() {
        return (double) (tunnelMtu - headers(inner)) / (pathMtu - headers(outer));
    }

    /** How {@link #share()} comes about: {@code (1480 − 52) / (1500 − 52)}. */
    public String formula() {
        return "(" + tunnelMtu + " − " + headers(inner) + ") / (" + pathMtu + " − " + headers(outer) + ")";
    }

    /** The bytes of a full-size packet that are not payload. */
    private static int headers(Family family) {
        return family.headerLength() + TCP;
    }

    private static Stream<Port> ports(Topology topology) {
        Stream<Port> ends = Stream.of(topology.a().underlay(), topology.b().underlay());
        return topology.router() == null
                ? ends
                : Stream.concat(
                        ends,
                        Stream.of(
                                topology.router().towardsA(), topology.router().towardsB()));
    }

    private static int labels(@Nullable Mpls mpls) {
        return mpls == null
                ? 0
                : IntStream.of(mpls.aToB().size(), mpls.bToA().size()).max().orElse(0);
    }
}
