package dev.culvert.harness.capture;

import dev.culvert.harness.packet.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Walks over the packets of a pcap file in place: the file is memory-mapped a window at a time and nothing is allocated for a
 * packet. After {@link #next()} said true the accessors speak of one packet, until the next call.
 */
public final class PcapCursor {

    private static final int RECORD_HEADER = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Path file;
    private final FileChannel channel;
    private final PcapHeader header;
    private final long size;
    private final int windowSize;
    private final boolean swapped;
    private final int longest;

    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;
    private int next;

    private long index = -1;
    private int start;
    private int capturedLength;
    private int originalLength;
    private long timestampNanos;

    PcapCursor(Path file, FileChannel channel, PcapHeader header, int windowSize) throws IOException {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.size = channel.size();
        this.windowSize = windowSize;
        this.swapped = header.order() == ByteOrder.LITTLE_ENDIAN;
        this.longest = Math.max(header.snapLength(), PcapHeader.MAX_SNAP_LENGTH);
        this.windowStart = PcapHeader.LENGTH;
    }

    /** Goes to the next packet; false at the end of the file. Throws {@link PcapException} where the file is damaged. */
    public boolean next() throws IOException {
        if (window.limit() - next < RECORD_HEADER && !refill(RECORD_HEADER, "a packet's record header")) {
            return false;
        }
        int captured = number(next + 8);
        int original = number(next + 12);
        long fraction = (number(next + 4) & 0xffffffffL) * header.nanosPerUnit();
        if (captured < 0 || captured > longest) {
            throw damaged(
                    8, "captured length " + Integer.toUnsignedLong(captured) + " is more than any packet's " + longest);
        }
        if (original < captured) {
            throw damaged(12, "original length " + original + " is less than the captured length " + captured);
        }
        if (fraction >= NANOS_PER_SECOND) {
            throw damaged(4, "a time stamp of " + fraction + " ns beyond its second");
        }
        timestampNanos = (number(next) & 0xffffffffL) * NANOS_PER_SECOND + fraction;
        if (window.limit() - next < RECORD_HEADER + captured) {
            refill(RECORD_HEADER + captured, "a packet of " + captured + " bytes");
        }
        index++;
        start = next + RECORD_HEADER;
        capturedLength = captured;
        originalLength = original;
        next = start + captured;
        return true;
    }

    /** The mapped bytes around the packet, in network byte order. */
    public ByteBuffer window() {
        return window;
    }

    /** Where the packet starts in {@link #window()}. */
    public int start() {
        return start;
    }

    /** How many of its bytes were kept. */
    public int capturedLength() {
        return capturedLength;
    }

    /** How many bytes it had on the link. */
    public int originalLength() {
        return originalLength;
    }

    /** When it was captured, nanoseconds since the epoch. */
    public long timestampNanos() {
        return timestampNanos;
    }

    /** Its place in the file, from 0. */
    public long index() {
        return index;
    }

    /** Where the packet starts in the file, its record header not counted. */
    public long fileOffset() {
        return windowStart + start;
    }

    /** A copy of the packet that outlives the cursor's next step. */
    public CapturedPacket packet() {
        byte[] bytes = new byte[capturedLength];
        window.get(start, bytes);
        return new CapturedPacket(index, timestampNanos, Bytes.of(bytes), originalLength, header.linkType());
    }

    private int number(int at) {
        int bigEndian = window.getInt(at);
        return swapped ? Integer.reverseBytes(bigEndian) : bigEndian;
    }

    /** Maps the window anew so that it starts at the next record; false at the very end of the file. */
    private boolean refill(int needed, String what) throws IOException {
        long at = windowStart + next;
        long left = size - at;
        if (left == 0) {
            return false;
        }
        if (left < needed) {
            throw new PcapException(
                    file,
                    at,
                    index + 1,
                    what + " should follow, " + needed + " bytes in all, but the file ends after " + left);
        }
        window = channel.map(FileChannel.MapMode.READ_ONLY, at, Math.min(left, Math.max(windowSize, needed)));
        windowStart = at;
        next = 0;
        return true;
    }

    private PcapException damaged(int field, String why) {
        return new PcapException(file, windowStart + next + field, index + 1, why);
    }
}
