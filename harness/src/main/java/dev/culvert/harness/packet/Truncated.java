package dev.culvert.harness.packet;

/**
 * A header that goes on beyond what was kept: a capture's snap length, or the few bytes that an ICMP error quotes. The
 * packet told no lie.
 *
 * @param what the header that was cut, {@code "IPv4 header"} for instance
 */
public record Truncated(int offset, int length, String what) implements Layer {}
