package dev.culvert.topologies;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route of a server.
 *
 * @param to the destination prefix
 * @param via the next hop, or null for a destination that is directly on the device
 * @param onlink whether the next hop is taken to be on the device though no subnet of it says so
 * @param labels the MPLS labels pushed on the packet, outermost first; mostly empty
 */
public record Route(Subnet to, @Nullable InetAddress via, String device, boolean onlink, List<Integer> labels) {

    public Route {
        labels = List.copyOf(labels);
    }
}
