package dev.culvert.topologies.link;

/**
 * A netlink attribute.
 *
 * @param name as the kernel's headers have it, {@code IFLA_GRE_TTL}
 * @param type its number there
 */
public record Attribute(String name, int type, Value value) {}
