package dev.culvert.harness.evidence;

import java.nio.file.Path;

/** The capture of one throughput run at one point, left on disk because it may hold millions of packets. */
public record BulkCapture(String run, CapturePoint point, CaptureCount count, Path file) {}
