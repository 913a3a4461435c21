package dev.culvert.topologies.file;

/** A value as a file gives it, with where it does. */
record Given<T>(T value, Spot spot) {}
