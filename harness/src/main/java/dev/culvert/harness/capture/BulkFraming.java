package dev.culvert.harness.capture;

import dev.culvert.harness.packet.LinkType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges the framing of every packet of a capture of any size, in place: nothing is allocated for a packet that is right. The
 * capture must have kept the link header, both IP headers and what lies between them; 128 bytes a packet do, and 192 where both
 * are IPv6 and much lies between.
 */
public final class BulkFraming {

    private static final int OFFENDERS_KEPT = 20;
    /** What Ethernet pads a shorter frame to, check sequence not counted. */
    private static final int SHORTEST_FRAME = 60;

    private final OuterFraming outer;
    private final InnerFraming inner;
    private final int linkHeader;
    private final int innerOffset;

    private final Map<FramingFault, Long> faults = new EnumMap<>(FramingFault.class);
    private final List<FramingOffender> offenders = new ArrayList<>();
    private long packets;
    private long tunnelPackets;
    private long tunnelBytes;

    private BulkFraming(FramingExpectation expected, LinkType linkType) {
        this.outer = OuterFraming.of(expected);
        this.inner = new InnerFraming(expected);
        this.linkHeader = headerLength(linkType);
        this.innerOffset = outer.headerLength() + expected.shim();
    }

    /** Judges a file; throws {@link PcapException} when it is damaged or its link type is none that carries IP. */
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
        int at = cursor.start() + linkHeader;
        int kept = cursor.capturedLength() - linkHeader;
        if (!isOfVersion(bytes, at, kept)) {
            return;
        }
        if (kept < outer.headerLength()) {
            tunnelPackets++;
            offend(cursor, FramingFault.KEPT_TOO_LITTLE);
            return;
        }
        if (!outer.carriesTunnel(bytes, at, kept)) {
            return;
        }
        tunnelPackets++;
        tunnelBytes += outer.totalLength(bytes, at);
        FramingFault fault = fault(bytes, at, kept, cursor.originalLength());
        if (fault != null) {
            offend(cursor, fault);
        }
    }

    /** Both link headers end with the EtherType; without a link header the version nibble tells. */
    private boolean isOfVersion(ByteBuffer bytes, int at, int kept) {
        if (linkHeader > 0) {
            return kept >= 0 && bytes.getShort(at - 2) == outer.etherType();
        }
        return kept < 1 || bytes.get(at) >>> 4 != (outer.version() == 4 ? 6 : 4);
    }

    private @Nullable FramingFault fault(ByteBuffer bytes, int at, int kept, int originalLength) {
        FramingFault own = outer.headerFault(bytes, at);
        if (own != null) {
            return own;
        }
        int totalLength = outer.totalLength(bytes, at);
        if (linkHeader + totalLength != originalLength
                && (linkHeader + totalLength > originalLength || originalLength > SHORTEST_FRAME)) {
            return FramingFault.LENGTH_ON_LINK;
        }
        if (!outer.betweenEnds(bytes, at)) {
            return FramingFault.ENDPOINTS;
        }
        if (outer.isFragment(bytes, at)) {
            return FramingFault.OUTER_FRAGMENT;
        }
        if (totalLength < innerOffset + inner.needs()) {
            return FramingFault.LENGTHS;
        }
        if (kept < innerOffset + inner.needs()) {
            return FramingFault.KEPT_TOO_LITTLE;
        }
        return inner.fault(
                bytes, at + innerOffset, kept - innerOffset, totalLength - innerOffset, outer.dontFragment(bytes, at));
    }

    private void offend(PcapCursor cursor, FramingFault fault) {
        faults.merge(fault, 1L, Long::sum);
        if (offenders.size() < OFFENDERS_KEPT) {
            offenders.add(new FramingOffender(
                    cursor.packet(),
                    cursor.fileOffset(),
                    fault,
                    fault.in(outer.version(), linkHeader, linkHeader + innerOffset)));
        }
    }

    private FramingReport report() {
        return new FramingReport(packets, tunnelPackets, tunnelBytes, packets - tunnelPackets, faults, offenders);
    }
}
