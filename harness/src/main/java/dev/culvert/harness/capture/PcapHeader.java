package dev.culvert.harness.capture;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.LinkType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The header of a classic pcap file (<a href="https://www.tcpdump.org/manpages/pcap-savefile.5.html">pcap-savefile(5)</a>).
 *
 * @param order the byte order of the file's own numbers
 * @param nanosPerUnit what the second half of a time stamp counts: 1 for nanoseconds, 1000 for microseconds
 * @param snapLength the most bytes that were kept of a packet
 */
record PcapHeader(ByteOrder order, int nanosPerUnit, int snapLength, LinkType linkType) {

    static final int LENGTH = 24;
    static final int MAGIC_MICROS = 0xa1b2c3d4;
    static final int MAGIC_NANOS = 0xa1b23c4d;

    /** What libpcap itself takes for the largest snap length that makes sense. */
    static final int MAX_SNAP_LENGTH = 262_144;

    private static final int MAGIC_PCAPNG = 0x0a0d0d0a;
    private static final int GZIP = 0x1f8b;

    /** Reads the first bytes of a file, as many as it has up to {@link #LENGTH}. */
    static PcapHeader read(Path file, ByteBuffer start) throws PcapException {
        int size = start.remaining();
        if (size == 0) {
            throw new PcapException(
                    file, 0, 0, "the file is empty: expected a pcap file header of " + LENGTH + " bytes");
        }
        int magic = size < 4 ? 0 : start.order(ByteOrder.BIG_ENDIAN).getInt(0);
        ByteOrder order = ByteOrder.BIG_ENDIAN;
        if (Integer.reverseBytes(magic) == MAGIC_MICROS || Integer.reverseBytes(magic) == MAGIC_NANOS) {
            order = ByteOrder.LITTLE_ENDIAN;
            magic = Integer.reverseBytes(magic);
        }
        if (magic != MAGIC_MICROS && magic != MAGIC_NANOS) {
            throw new PcapException(file, 0, 0, foreign(start, magic));
        }
        if (size < LENGTH) {
            throw new PcapException(file, size, 0, "the pcap file header of " + LENGTH + " bytes is cut after " + size);
        }
        start.order(order);
        if (start.getShort(4) != 2 || start.getShort(6) != 4) {
            throw new PcapException(
                    file, 4, 0, "pcap version " + start.getShort(4) + "." + start.getShort(6) + ": only 2.4 is known");
        }
        int snapLength = start.getInt(16);
        // The high bits of the last word hold the length of a frame check sequence, which Linux does not capture.
        int linkType = start.getInt(20) & 0xffff;
        return new PcapHeader(
                order,
                magic == MAGIC_NANOS ? 1 : 1000,
                snapLength <= 0 || snapLength > MAX_SNAP_LENGTH ? MAX_SNAP_LENGTH : snapLength,
                new LinkType(linkType));
    }

    private static String foreign(ByteBuffer start, int magic) {
        if (magic == MAGIC_PCAPNG) {
            return "this is a pcapng file: only classic pcap is read; convert it with"
                    + " \"tshark -F nsecpcap -r IN -w OUT\"";
        }
        if (magic >>> 16 == GZIP) {
            return "this is a gzip file: unpack it first";
        }
        byte[] first = new byte[Math.min(16, start.remaining())];
        start.get(0, first);
        boolean text = new String(first, StandardCharsets.ISO_8859_1)
                .chars()
                .allMatch(c -> (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\r' || c == '\t');
        String quoted = text
                ? "the text \"" + new String(first, StandardCharsets.US_ASCII).split("\\R", 2)[0] + "\""
                : "the bytes " + Bytes.of(first);
        return "this is no pcap file: it starts with " + quoted + ", not with the magic number a1b23c4d or a1b2c3d4";
    }
}
