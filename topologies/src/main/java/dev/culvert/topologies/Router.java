package dev.culvert.topologies;

/** The router between the servers: {@code eth0} towards A, {@code eth1} towards B. */
public record Router(Port towardsA, Port towardsB) {

    /** Whether its link to B carries smaller packets than its link to A. */
    public boolean narrows() {
        return towardsB.mtu() < towardsA.mtu();
    }
}
