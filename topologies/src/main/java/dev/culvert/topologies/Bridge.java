package dev.culvert.topologies;

/**
 * A bridge that joins the tunnel device of a server with its LAN, so that both are one segment. It has the internal address.
 *
 * @param mac written {@code 02:00:00:00:00:5a}
 */
public record Bridge(String device, String mac) {}
