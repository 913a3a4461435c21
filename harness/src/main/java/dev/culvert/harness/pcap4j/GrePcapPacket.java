package dev.culvert.harness.pcap4j;

import dev.culvert.harness.packet.GreHeader;
import dev.culvert.harness.packet.GrePacket;
import dev.culvert.harness.packet.Next;
import org.pcap4j.packet.IllegalRawDataException;

/** A GRE packet (RFC 2784, RFC 2890; version 1 by RFC 2637), with {@link GreHeader} for its header. */
public final class GrePcapPacket extends HeaderPacket<GreHeader> {

    private static final Next WHAT = Next.ipProtocol(47);

    private GrePcapPacket(PacketParts parts) {
        super(GreHeader.class, parts);
    }

    /** Dissects bytes and all that they carry. Throws {@link IllegalRawDataException} when they lie. */
    public static GrePcapPacket newPacket(byte[] rawData, int offset, int length) throws IllegalRawDataException {
        return new GrePcapPacket(PacketParts.of(WHAT, rawData, offset, length));
    }

    /** Builds the header of a composer around what the builder is given to carry; the composer's own is left out. */
    public static HeaderPacketBuilder builder(GrePacket composer) {
        return new HeaderPacketBuilder(
                WHAT,
                GrePcapPacket::new,
                carried -> composer.withCarried(carried).bytes());
    }

    @Override
    GrePcapPacket of(PacketParts parts) {
        return new GrePcapPacket(parts);
    }
}
