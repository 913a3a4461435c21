package dev.culvert.topologies;

/** Two interfaces wired to each other. The near one belongs to the place that makes the link. */
public record Link(Interface near, Interface far) {}
