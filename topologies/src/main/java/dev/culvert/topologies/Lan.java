package dev.culvert.topologies;

/** The network behind a server, with one host on it. */
public record Lan(Interface server, Interface host) {

    public Subnet subnet() {
        return server.address().subnet();
    }

    public Link link() {
        return new Link(server, host);
    }
}
