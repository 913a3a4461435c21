package dev.culvert.harness.capture;

import dev.culvert.harness.packet.LinkType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A classic pcap file opened for reading, of either byte order and with micro- or nanosecond times, memory-mapped. Mapped
 * memory is given back when the garbage collector finds it, not when the file is closed.
 */
public final class PcapFile implements AutoCloseable {

    private static final int WINDOW = 1 << 28;

    private final Path file;
    private final FileChannel channel;
    private final PcapHeader header;

    private PcapFile(Path file, FileChannel channel, PcapHeader header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
    }

    /** Opens a file and checks its header; throws {@link PcapException} when it is empty, cut or no pcap. */
    public static PcapFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            ByteBuffer start = ByteBuffer.allocate(PcapHeader.LENGTH);
            while (start.hasRemaining() && channel.read(start) >= 0) {
                // A short read leaves the rest for the next turn.
            }
            return new PcapFile(file, channel, PcapHeader.read(file, start.flip()));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Reads a whole small file; throws {@link PcapException} at the first damage. */
    public static List<CapturedPacket> readAll(Path file) throws IOException {
        try (PcapFile pcap = open(file)) {
            return pcap.packets();
        }
    }

    /** What every packet of the file starts with. */
    public LinkType linkType() {
        return header.linkType();
    }

    /** The most bytes that were kept of a packet. */
    public int snapLength() {
        return header.snapLength();
    }

    /** A cursor before the first packet; several may walk the same file. */
    public PcapCursor cursor() throws IOException {
        return cursor(WINDOW);
    }

    PcapCursor cursor(int windowSize) throws IOException {
        return new PcapCursor(file, channel, header, windowSize);
    }

    /** Copies every packet of a small file; throws {@link PcapException} at the first damage. */
    public List<CapturedPacket> packets() throws IOException {
        List<CapturedPacket> packets = new ArrayList<>();
        for (PcapCursor cursor = cursor(); cursor.next(); ) {
            packets.add(cursor.packet());
        }
        return packets;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
