package dev.culvert.harness.capture;

import dev.culvert.harness.packet.ByteRange;

/**
 * A packet whose framing is wrong.
 *
 * @param fileOffset where its bytes start in the capture file
 * @param bytes where in the packet the fault shows
 */
public record FramingOffender(CapturedPacket packet, long fileOffset, FramingFault fault, ByteRange bytes) {

    @Override
    public String toString() {
        return "packet " + packet.index() + " (byte " + fileOffset + " of the file): " + fault.sentence();
    }
}
