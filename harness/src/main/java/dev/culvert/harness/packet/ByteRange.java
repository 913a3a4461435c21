package dev.culvert.harness.packet;

/** Some bytes of a packet, to be marked in a report. */
public record ByteRange(int offset, int length) {

    public int end() {
        return offset + length;
    }
}
