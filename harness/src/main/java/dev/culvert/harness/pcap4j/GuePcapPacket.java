package dev.culvert.harness.pcap4j;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissector;
import dev.culvert.harness.packet.GueHeader;
import dev.culvert.harness.packet.GuePacket;
import dev.culvert.harness.packet.Next;
import dev.culvert.harness.packet.Peeled;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.Packet;

/** A GUE packet (include/net/gue.h), with {@link GueHeader} for its header. Version 1 has none. */
public final class GuePcapPacket extends HeaderPacket<GueHeader> {

    private static final Next WHAT = Next.GUE;

    private GuePcapPacket(PacketParts parts) {
        super(GueHeader.class, parts);
    }

    /** Dissects bytes and all that they carry. Throws {@link IllegalRawDataException} when they lie. */
    public static GuePcapPacket newPacket(byte[] rawData, int offset, int length) throws IllegalRawDataException {
        return new GuePcapPacket(PacketParts.of(WHAT, rawData, offset, length));
    }

    /** Dissects bytes; where those of version 1 are IP itself, the packet is that of IP. */
    static Packet dissect(byte[] rawData, int offset, int length) throws IllegalRawDataException {
        Peeled peeled = Dissector.peel(WHAT, Bytes.of(rawData).slice(offset, length));
        return peeled.headers().isEmpty() && peeled.next().isPresent()
                ? Carried.packet(peeled.next(), rawData, offset, length)
                : newPacket(rawData, offset, length);
    }

    /** Builds the header of a composer around what the builder is given to carry; the composer's own is left out. */
    public static HeaderPacketBuilder builder(GuePacket composer) {
        return new HeaderPacketBuilder(
                WHAT,
                GuePcapPacket::new,
                carried -> new GuePacket(
                                composer.firstByte(), composer.proto(), composer.flags(), composer.optional(), carried)
                        .bytes());
    }

    @Override
    GuePcapPacket of(PacketParts parts) {
        return new GuePcapPacket(parts);
    }
}
