package dev.culvert.topologies;

import java.util.List;

/**
 * Labels on the traffic between the LANs, outermost first, each 16 … 1048575.
 *
 * @param aToB what A pushes on packets to B's LAN
 * @param bToA what B pushes on packets to A's LAN
 */
public record Mpls(List<Integer> aToB, List<Integer> bToA) {

    public Mpls {
        aToB = List.copyOf(aToB);
        bToA = List.copyOf(bToA);
    }
}
