package dev.culvert.topologies;

/** The router between A and B: its interface on A's link, and its interface on B's. */
public record Router(Port towardsA, Port towardsB) {

    /** The router's interface on the link of a server. */
    public Port nextTo(Place server) {
        return server == Place.A ? towardsA : towardsB;
    }

    /** Whether the link to B takes smaller packets than the link to A. */
    public boolean narrows() {
        return towardsB.mtu() < towardsA.mtu();
    }
}
