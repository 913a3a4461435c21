package dev.culvert.topologies;

/**
 * The internal subnet behind a server, with one host on it.
 *
 * @param server the server's own port on it, {@code lan0}
 * @param host the host's port, {@code eth0} in the namespace {@code h} or {@code j}
 */
public record Lan(Port server, Port host) {

    public Subnet subnet() {
        return server.address().subnet();
    }

    public Link link() {
        return new Link(server, host);
    }
}
