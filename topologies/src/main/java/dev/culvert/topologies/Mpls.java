package dev.culvert.topologies;

import java.util.List;

/**
 * MPLS labels on the traffic to the far LAN.
 *
 * @param fromA the labels that A pushes and B pops, outermost first
 * @param fromB the labels that B pushes and A pops, outermost first
 */
public record Mpls(List<Integer> fromA, List<Integer> fromB) {

    public Mpls {
        fromA = List.copyOf(fromA);
        fromB = List.copyOf(fromB);
    }

    /** The labels that a server pushes, outermost first. */
    public List<Integer> pushedBy(ServerName server) {
        return server == ServerName.A ? fromA : fromB;
    }

    /** The labels that a server pops, outermost first. */
    public List<Integer> poppedBy(ServerName server) {
        return server == ServerName.A ? fromB : fromA;
    }
}
