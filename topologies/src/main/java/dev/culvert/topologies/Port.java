package dev.culvert.topologies;

/**
 * An Ethernet interface of a place, one end of a link.
 *
 * @param mac written {@code 02:00:00:00:00:0a}
 * @param mtu in bytes, of IP packets
 */
public record Port(Place place, String device, String mac, InterfaceAddress address, int mtu) {}
