package dev.culvert.topologies.plan;

import dev.culvert.topologies.Link;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import java.util.List;

/** A veth pair to make between two places. How the far network namespace is named is the business of who carries it out. */
public record LinkStep(Link link, String purpose) implements Step {

    /** The place that makes the pair: the near end's. */
    @Override
    public Place place() {
        return link.near().place();
    }

    /** Whether its ends are on two servers, not on one and in a network namespace of it. */
    public boolean joinsServers() {
        return link.near().place().server() != link.far().place().server();
    }

    @Override
    public List<String> argvByName() {
        return argv(link.far().place().id());
    }

    /**
     * The command to run at {@link #place()}.
     *
     * @param farNamespace what {@code ip link} takes for the far end's network namespace: the pid of a process in it, or its name
     */
    public List<String> argv(String farNamespace) {
        Port near = link.near();
        Port far = link.far();
        return List.of(
                "ip",
                "link",
                "add",
                near.device(),
                "address",
                near.mac(),
                "mtu",
                String.valueOf(near.mtu()),
                "type",
                "veth",
                "peer",
                "name",
                far.device(),
                "address",
                far.mac(),
                "mtu",
                String.valueOf(far.mtu()),
                "netns",
                farNamespace);
    }
}
