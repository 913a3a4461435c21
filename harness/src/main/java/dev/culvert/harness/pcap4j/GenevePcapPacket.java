package dev.culvert.harness.pcap4j;

import dev.culvert.harness.packet.GeneveHeader;
import dev.culvert.harness.packet.GenevePacket;
import dev.culvert.harness.packet.Next;
import org.pcap4j.packet.IllegalRawDataException;

/** A Geneve packet (RFC 8926), with {@link GeneveHeader} for its header and its options behind that. */
public final class GenevePcapPacket extends HeaderPacket<GeneveHeader> {

    private static final Next WHAT = Next.GENEVE;

    private GenevePcapPacket(PacketParts parts) {
        super(GeneveHeader.class, parts);
    }

    /** Dissects bytes and all that they carry. Throws {@link IllegalRawDataException} when they lie. */
    public static GenevePcapPacket newPacket(byte[] rawData, int offset, int length) throws IllegalRawDataException {
        return new GenevePcapPacket(PacketParts.of(WHAT, rawData, offset, length));
    }

    /** Builds the header of a composer around what the builder is given to carry; the composer's own is left out. */
    public static HeaderPacketBuilder builder(GenevePacket composer) {
        return new HeaderPacketBuilder(
                WHAT,
                GenevePcapPacket::new,
                carried -> composer.withCarried(carried).bytes());
    }

    @Override
    GenevePcapPacket of(PacketParts parts) {
        return new GenevePcapPacket(parts);
    }
}
