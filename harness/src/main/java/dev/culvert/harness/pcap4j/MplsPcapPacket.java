package dev.culvert.harness.pcap4j;

import dev.culvert.harness.packet.MplsEntry;
import dev.culvert.harness.packet.MplsStack;
import dev.culvert.harness.packet.Next;
import java.util.List;
import org.pcap4j.packet.IllegalRawDataException;

/** An entry of an MPLS label stack (RFC 3032), with {@link MplsEntry} for it; the rest of the stack is its payload. */
public final class MplsPcapPacket extends HeaderPacket<MplsEntry> {

    private static final Next WHAT = Next.ipProtocol(137);

    private MplsPcapPacket(PacketParts parts) {
        super(MplsEntry.class, parts);
    }

    /** Dissects bytes and all that they carry. Throws {@link IllegalRawDataException} when they lie. */
    public static MplsPcapPacket newPacket(byte[] rawData, int offset, int length) throws IllegalRawDataException {
        return new MplsPcapPacket(PacketParts.of(WHAT, rawData, offset, length));
    }

    /**
     * Builds one entry; the payload of one that is not the bottom of its stack is the next entry.
     *
     * @param tc the traffic class, 0 to 7
     */
    public static HeaderPacketBuilder builder(int label, int tc, boolean bottom, int ttl) {
        return new HeaderPacketBuilder(
                        WHAT, MplsPcapPacket::new, carried -> new MplsStack(List.of(label), tc, ttl, carried).bytes())
                .with(MplsEntry.BOTTOM, bottom ? 1 : 0);
    }

    @Override
    MplsPcapPacket of(PacketParts parts) {
        return new MplsPcapPacket(parts);
    }
}
