package dev.culvert.harness.netlink;

import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.plan.Change;

/** How netlink is asked for the changes of a plan. */
public final class ChangeRequests {

    private ChangeRequests() {}

    /**
     * The request that makes a change; throws {@link IllegalArgumentException} for {@link Change.FlushAddresses}, which depends on what the
     * kernel has to list first: see {@link NetlinkSession#addressesOf}.
     */
    public static NetlinkRequest of(Change change) {
        if (change instanceof Change.AddTunnel tunnel) {
            TunnelEnd end = tunnel.end();
            return LinkRequests.add(end.device(), end.mac(), tunnel.kind().linkInfo(end));
        } else if (change instanceof Change.AddBridge bridge) {
            return LinkRequests.add(bridge);
        } else if (change instanceof Change.SetMaster master) {
            return LinkRequests.setMaster(master.device(), master.bridge());
        } else if (change instanceof Change.DeleteLink delete) {
            return LinkRequests.delete(delete.device());
        } else if (change instanceof Change.SetState state) {
            return LinkRequests.setState(state.device(), state.up());
        } else if (change instanceof Change.SetMtu mtu) {
            return LinkRequests.setMtu(mtu.device(), mtu.mtu());
        } else if (change instanceof Change.AddAddress add) {
            return AddressRequests.add(
                    add.device(), add.address().address(), add.address().prefixLength());
        } else if (change instanceof Change.DeleteAddress delete) {
            return AddressRequests.delete(
                    delete.device(),
                    delete.address().address(),
                    delete.address().prefixLength());
        } else if (change instanceof Change.SetNeighbour neighbour) {
            return NeighbourRequests.set(neighbour);
        } else if (change instanceof Change.AddRoute route) {
            return RouteRequests.add(route);
        } else if (change instanceof Change.PopLabel pop) {
            return RouteRequests.add(pop);
        } else if (change instanceof Change.AddUdpListener add) {
            return FouRequests.add(add.listener());
        } else if (change instanceof Change.DeleteUdpListener delete) {
            return FouRequests.delete(delete.listener());
        } else if (change instanceof Change.AddEspState add) {
            return EspRequests.add(add.state());
        } else if (change instanceof Change.AddEspPolicy add) {
            return EspRequests.add(add.policy());
        } else if (change instanceof Change.FlushEspStates) {
            return EspRequests.flushStates();
        } else if (change instanceof Change.FlushEspPolicies) {
            return EspRequests.flushPolicies();
        }
        throw new IllegalArgumentException("no single request makes this change: " + change);
    }
}
