package dev.culvert.harness.capture;

import dev.culvert.harness.packet.LinkType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a classic pcap file with nanosecond times, little-endian. */
public final class PcapWriter implements AutoCloseable {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final OutputStream out;
    private final LinkType linkType;
    private final ByteBuffer record = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);

    private PcapWriter(OutputStream out, LinkType linkType) {
        this.out = out;
        this.linkType = linkType;
    }

    /** Creates or replaces a file whose packets will all start with the same link type. */
    public static PcapWriter create(Path file, LinkType linkType) throws IOException {
        PcapWriter writer = new PcapWriter(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), linkType);
        ByteBuffer header = ByteBuffer.allocate(PcapHeader.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(PcapHeader.MAGIC_NANOS)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0);
        header.putInt(PcapHeader.MAX_SNAP_LENGTH).putInt(linkType.number());
        writer.out.write(header.array());
        return writer;
    }

    /** Writes a whole capture in one go. */
    public static void write(Path file, LinkType linkType, List<CapturedPacket> packets) throws IOException {
        try (PcapWriter writer = create(file, linkType)) {
            for (CapturedPacket packet : packets) {
                writer.write(packet);
            }
        }
    }

    /** Appends a packet; throws {@link IllegalArgumentException} when its link type is not the file's. */
    public void write(CapturedPacket packet) throws IOException {
        if (!packet.linkType().equals(linkType)) {
            throw new IllegalArgumentException("a packet of " + packet.linkType() + " in a file of " + linkType);
        }
        record.clear();
        record.putInt((int) (packet.timestampNanos() / NANOS_PER_SECOND));
        record.putInt((int) (packet.timestampNanos() % NANOS_PER_SECOND));
        record.putInt(packet.bytes().length()).putInt(packet.originalLength());
        out.write(record.array());
        out.write(packet.bytes().toArray());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
