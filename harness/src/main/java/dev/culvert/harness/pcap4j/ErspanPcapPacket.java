package dev.culvert.harness.pcap4j;

import dev.culvert.harness.packet.ErspanHeader;
import dev.culvert.harness.packet.ErspanPacket;
import dev.culvert.harness.packet.Next;
import org.pcap4j.packet.IllegalRawDataException;

/** A mirrored frame with its ERSPAN header of type II or III (draft-foschiano-erspan-02), with {@link ErspanHeader} for it. Type I has none. */
public final class ErspanPcapPacket extends HeaderPacket<ErspanHeader> {

    private static final Next WHAT = Next.etherType(ErspanHeader.PROTOCOL_TYPE_2);

    private ErspanPcapPacket(PacketParts parts) {
        super(ErspanHeader.class, parts);
    }

    /** Dissects bytes and all that they carry. Throws {@link IllegalRawDataException} when they lie. */
    public static ErspanPcapPacket newPacket(byte[] rawData, int offset, int length) throws IllegalRawDataException {
        return new ErspanPcapPacket(PacketParts.of(WHAT, rawData, offset, length));
    }

    /** Builds the header of a composer around what the builder is given to carry; the composer's own is left out. */
    public static HeaderPacketBuilder builder(ErspanPacket composer) {
        return new HeaderPacketBuilder(
                WHAT, ErspanPcapPacket::new, carried -> new ErspanPacket(composer.header(), carried).bytes());
    }

    @Override
    ErspanPcapPacket of(PacketParts parts) {
        return new ErspanPcapPacket(parts);
    }
}
