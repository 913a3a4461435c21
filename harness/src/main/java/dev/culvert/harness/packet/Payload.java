package dev.culvert.harness.packet;

/** Bytes that no decoder is registered for: an application's data, a later fragment, an unknown protocol. */
public record Payload(Bytes packet, int offset, int length) implements Layer {

    /** The bytes themselves. */
    public Bytes bytes() {
        return packet.slice(offset, length);
    }
}
