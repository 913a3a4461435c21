package dev.culvert.topologies.file;

/** Where something stands in a topology file: line and column counted from 1, and its path, {@code b.routes[0].to}. */
record Spot(int line, int column, String path) {}
