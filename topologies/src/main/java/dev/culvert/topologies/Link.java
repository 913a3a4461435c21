package dev.culvert.topologies;

/** Two ports wired to each other. The near one belongs to the place that makes the link. */
public record Link(Port near, Port far) {}
