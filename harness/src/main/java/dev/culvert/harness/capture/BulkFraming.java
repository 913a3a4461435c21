package dev.culvert.harness.capture;

import dev.culvert.harness.packet.LinkType;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges the framing of every packet of a capture of any size, in place: nothing is allocated for a packet that is right. The
 * capture must have kept the link header, both IP headers and what lies between them; 128 bytes a packet do.
 */
public final class BulkFraming {

    private static final int OFFENDERS_KEPT = 20;
    private static final int HEADER = 20;
    private static final int ETHER_TYPE_IPV4 = 0x0800;
    private static final int DF = 0x4000;
    private static final int MF_AND_OFFSET = 0x3fff;
    /** What Ethernet pads a shorter frame to, check sequence not counted. */
    private static final int SHORTEST_FRAME = 60;

    private final FramingExpectation expected;
    private final int oneEnd;
    private final int otherEnd;
    private final int linkHeader;
    private final int innerOffset;

    private final Map<FramingFault, Long> faults = new EnumMap<>(FramingFault.class);
    private final List<FramingOffender> offenders = new ArrayList<>();
    private long packets;
    private long tunnelPackets;
    private long tunnelBytes;

    private BulkFraming(FramingExpectation expected, LinkType linkType) {
        this.expected = expected;
        this.oneEnd = number(expected.oneEnd());
        this.otherEnd = number(expected.otherEnd());
        this.linkHeader = headerLength(linkType);
        this.innerOffset = HEADER + expected.shim();
    }

    /** Judges a file; throws {@link PcapException} when it is damaged or its link type is none that carries IPv4. */
    public static FramingReport judge(Path file, FramingExpectation expected) throws IOException {
        try (PcapFile pcap = PcapFile.open(file)) {
            if (headerLength(pcap.linkType()) < 0) {
                throw new PcapException(
                        file, 20, 0, pcap.linkType() + ": framing is judged on Ethernet, Linux SLL, raw IP and IPv4");
            }
            BulkFraming framing = new BulkFraming(expected, pcap.linkType());
            PcapCursor cursor = pcap.cursor();
            while (cursor.next()) {
                framing.judge(cursor);
            }
            return framing.report();
        }
    }

    private static int headerLength(LinkType linkType) {
        if (linkType.equals(LinkType.ETHERNET)) {
            return 14;
        }
        if (linkType.equals(LinkType.LINUX_SLL)) {
            return 16;
        }
        return linkType.equals(LinkType.RAW) || linkType.equals(LinkType.IPV4) ? 0 : -1;
    }

    private void judge(PcapCursor cursor) {
        packets++;
        ByteBuffer bytes = cursor.window();
        int outer = cursor.start() + linkHeader;
        int kept = cursor.capturedLength() - linkHeader;
        if (!carriesIpv4(bytes, outer, kept)) {
            return;
        }
        if (kept < HEADER) {
            tunnelPackets++;
            offend(cursor, FramingFault.KEPT_TOO_LITTLE);
            return;
        }
        long second = bytes.getLong(outer + 8);
        if ((second >>> 48 & 0xff) != expected.protocol()) {
            return;
        }
        tunnelPackets++;
        tunnelBytes += bytes.getShort(outer + 2) & 0xffff;
        FramingFault fault = fault(bytes, outer, kept, cursor.originalLength());
        if (fault != null) {
            offend(cursor, fault);
        }
    }

    /** Both link headers end with the EtherType; without a link header the version nibble tells. */
    private boolean carriesIpv4(ByteBuffer bytes, int outer, int kept) {
        if (linkHeader == 0) {
            return kept < 1 || bytes.get(outer) >>> 4 != 6;
        }
        return kept >= 0 && bytes.getShort(outer - 2) == ETHER_TYPE_IPV4;
    }

    private @Nullable FramingFault fault(ByteBuffer bytes, int outer, int kept, int originalLength) {
        long first = bytes.getLong(outer);
        long second = bytes.getLong(outer + 8);
        int destination = bytes.getInt(outer + 16);
        int totalLength = (int) (first >>> 32) & 0xffff;
        if (first >>> 56 != 0x45) {
            return FramingFault.OUTER_VERSION_IHL;
        }
        if (!sumsUp(first, second, destination)) {
            return FramingFault.OUTER_CHECKSUM;
        }
        if (linkHeader + totalLength != originalLength
                && (linkHeader + totalLength > originalLength || originalLength > SHORTEST_FRAME)) {
            return FramingFault.LENGTH_ON_LINK;
        }
        int source = (int) second;
        if (!(source == oneEnd && destination == otherEnd) && !(source == otherEnd && destination == oneEnd)) {
            return FramingFault.ENDPOINTS;
        }
        if ((first & MF_AND_OFFSET) != 0) {
            return FramingFault.OUTER_FRAGMENT;
        }
        if (totalLength < innerOffset + HEADER) {
            return FramingFault.LENGTHS;
        }
        if (kept < innerOffset + HEADER) {
            return FramingFault.KEPT_TOO_LITTLE;
        }
        return innerFault(bytes, outer + innerOffset, kept - innerOffset, totalLength - innerOffset, (first & DF) != 0);
    }

    private @Nullable FramingFault innerFault(ByteBuffer bytes, int inner, int kept, int length, boolean outerDf) {
        long first = bytes.getLong(inner);
        int version = (int) (first >>> 60);
        int header = (int) (first >>> 56 & 0xf) * 4;
        if (version != 4 || header < HEADER) {
            return FramingFault.INNER_VERSION;
        }
        if (((first >>> 32) & 0xffff) != length) {
            return FramingFault.LENGTHS;
        }
        if (kept < header) {
            return FramingFault.KEPT_TOO_LITTLE;
        }
        boolean right = header == HEADER
                ? sumsUp(first, bytes.getLong(inner + 8), bytes.getInt(inner + 16))
                : sumsUp(bytes, inner, header);
        if (!right) {
            return FramingFault.INNER_CHECKSUM;
        }
        boolean needsDf = switch (expected.dontFragment()) {
            case SET -> true;
            case SET_WHERE_INNER_IS -> (first & DF) != 0;
            case ANY -> false;
        };
        return needsDf && !outerDf ? FramingFault.OUTER_DF : null;
    }

    /** The one's complement sum may be taken over words of any size (RFC 1071 §2): here 32 bits, folded afterwards. */
    private static boolean sumsUp(long first, long second, int third) {
        return folds((first >>> 32)
                + (first & 0xffffffffL)
                + (second >>> 32)
                + (second & 0xffffffffL)
                + (third & 0xffffffffL));
    }

    private static boolean sumsUp(ByteBuffer bytes, int at, int header) {
        long sum = 0;
        for (int word = at; word < at + header; word += 4) {
            sum += bytes.getInt(word) & 0xffffffffL;
        }
        return folds(sum);
    }

    private static boolean folds(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffffffffL);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return folded == 0xffff;
    }

    private void offend(PcapCursor cursor, FramingFault fault) {
        faults.merge(fault, 1L, Long::sum);
        if (offenders.size() < OFFENDERS_KEPT) {
            offenders.add(new FramingOffender(
                    cursor.packet(), cursor.fileOffset(), fault, fault.in(linkHeader, linkHeader + innerOffset)));
        }
    }

    private FramingReport report() {
        return new FramingReport(packets, tunnelPackets, tunnelBytes, packets - tunnelPackets, faults, offenders);
    }

    private static int number(Inet4Address address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }
}
