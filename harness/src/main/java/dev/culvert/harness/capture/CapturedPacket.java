package dev.culvert.harness.capture;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.Dissector;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.harness.packet.PacketContext;

/**
 * One packet of a capture.
 *
 * @param index its place in the file, from 0
 * @param timestampNanos when it was captured, nanoseconds since the epoch
 * @param bytes what was kept of it, link header included
 * @param originalLength its length on the link in bytes, at least that of the kept bytes
 * @param linkType what its bytes start with
 * @param context what was configured where it was captured, which no capture file says
 */
public record CapturedPacket(
        long index, long timestampNanos, Bytes bytes, int originalLength, LinkType linkType, PacketContext context) {

    /** A packet as its file tells of it. */
    public CapturedPacket(long index, long timestampNanos, Bytes bytes, int originalLength, LinkType linkType) {
        this(index, timestampNanos, bytes, originalLength, linkType, PacketContext.NONE);
    }

    /** Takes the packet apart. */
    public Dissection dissect() {
        return Dissector.dissect(bytes, originalLength, linkType, context);
    }

    /** A copy with other bytes, all of them kept. */
    public CapturedPacket withBytes(Bytes others) {
        return new CapturedPacket(index, timestampNanos, others, others.length(), linkType, context);
    }

    /** A copy captured at another time. */
    public CapturedPacket withTimestamp(long nanos) {
        return new CapturedPacket(index, nanos, bytes, originalLength, linkType, context);
    }

    /** A copy captured where that was configured. */
    public CapturedPacket within(PacketContext configured) {
        return new CapturedPacket(index, timestampNanos, bytes, originalLength, linkType, configured);
    }
}
