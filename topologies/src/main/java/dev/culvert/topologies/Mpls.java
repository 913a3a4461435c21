package dev.culvert.topologies;

import java.util.List;

/**
 * MPLS labels on the traffic between the LANs, each 16 … 1048575 (RFC 3032 §2.1 reserves 0 … 15).
 *
 * @param aToB what A pushes on packets to B's LAN, outermost first
 * @param bToA what B pushes on packets to A's LAN, outermost first
 */
public record Mpls(List<Integer> aToB, List<Integer> bToA) {

    public Mpls {
        aToB = List.copyOf(aToB);
        bToA = List.copyOf(bToA);
    }

    /** The labels that a server pushes, outermost first. */
    public List<Integer> pushedBy(Place server) {
        return server == Place.A ? aToB : bToA;
    }

    /** The labels that a server pops, outermost first. */
    public List<Integer> poppedBy(Place server) {
        return server == Place.A ? bToA : aToB;
    }
}
