package dev.culvert.topologies.link;

/**
 * A field of a structure that stands before attributes.
 *
 * @param name as the kernel's headers have it, {@code ifi_index}
 */
public record Field(String name, Value value) {}
