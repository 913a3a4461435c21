package dev.culvert.harness.server;

import org.jspecify.annotations.Nullable;

/**
 * What became of an {@link Injection}.
 *
 * @param atNanos when the kernel had taken or refused it, nanoseconds since the epoch by the server's clock
 * @param error why the kernel refused it, or null
 */
public record Injected(long atNanos, @Nullable String error) {}
