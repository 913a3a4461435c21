package dev.culvert.harness.packet;

/**
 * Bytes that lie: a length that contradicts another, a version that is not the protocol's.
 *
 * @param offset the field that lies, or the header that does not fit
 * @param why one clause without a full stop, numbers included
 */
public record Malformed(int offset, int length, String why) implements Layer {}
