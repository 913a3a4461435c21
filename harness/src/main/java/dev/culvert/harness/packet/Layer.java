package dev.culvert.harness.packet;

/** One stretch of a dissected packet: a header, or what ends the dissection. */
public sealed interface Layer permits Header, Payload, Truncated, Malformed {

    /** Where it starts, in bytes from the start of the packet. */
    int offset();

    /** How many captured bytes it covers. */
    int length();
}
