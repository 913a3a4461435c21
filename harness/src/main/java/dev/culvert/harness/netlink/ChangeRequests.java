package dev.culvert.harness.netlink;

import dev.culvert.topologies.plan.Change;
import java.util.Optional;

/** How netlink is asked for the changes of a plan. */
public final class ChangeRequests {

    private ChangeRequests() {}

    /** The request that makes a change; empty for one that depends on what the kernel has to list first. */
    public static Optional<NetlinkRequest> of(Change change) {
        if (change instanceof Change.AddTunnel tunnel) {
            return Optional.of(
                    LinkRequests.add(tunnel.end().device(), tunnel.kind().linkInfo(tunnel.end())));
        } else if (change instanceof Change.DeleteLink delete) {
            return Optional.of(LinkRequests.delete(delete.device()));
        } else if (change instanceof Change.SetState state) {
            return Optional.of(LinkRequests.setState(state.device(), state.up()));
        } else if (change instanceof Change.SetMtu mtu) {
            return Optional.of(LinkRequests.setMtu(mtu.device(), mtu.mtu()));
        } else if (change instanceof Change.AddAddress add) {
            return Optional.of(AddressRequests.add(
                    add.device(), add.address().address(), add.address().prefixLength()));
        } else if (change instanceof Change.DeleteAddress delete) {
            return Optional.of(AddressRequests.delete(
                    delete.device(),
                    delete.address().address(),
                    delete.address().prefixLength()));
        } else if (change instanceof Change.SetNeighbour neighbour) {
            return Optional.of(NeighbourRequests.set(neighbour));
        } else if (change instanceof Change.AddRoute route) {
            return Optional.of(RouteRequests.add(route));
        } else if (change instanceof Change.PopLabel pop) {
            return Optional.of(RouteRequests.add(pop));
        } else if (change instanceof Change.FlushAddresses) {
            return Optional.empty();
        }
        throw new AssertionError("no other change is permitted: " + change);
    }
}
