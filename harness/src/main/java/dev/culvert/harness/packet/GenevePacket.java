package dev.culvert.harness.packet;

import java.nio.ByteBuffer;

/**
 * Composes a Geneve header (RFC 8926 section 3.4) with what it carries. Every method gives a changed copy.
 *
 * @param firstByte version and option length
 * @param secondByte the bits O and C, and those that are reserved
 * @param protocolType an EtherType
 * @param vni 24 bits
 * @param lastByte reserved
 * @param options as long as they are, whatever the first byte says
 */
public record GenevePacket(
        int firstByte, int secondByte, int protocolType, int vni, int lastByte, Bytes options, Bytes carried) {

    private static final int ETHERNET = 0x6558;

    /** A header of eight bytes before an Ethernet frame. */
    public static GenevePacket over(int vni, Bytes frame) {
        return new GenevePacket(0, 0, ETHERNET, vni, 0, Bytes.of(), frame);
    }

    public GenevePacket withFirstByte(int other) {
        return new GenevePacket(other, secondByte, protocolType, vni, lastByte, options, carried);
    }

    public GenevePacket withSecondByte(int other) {
        return new GenevePacket(firstByte, other, protocolType, vni, lastByte, options, carried);
    }

    public GenevePacket withProtocolType(int other) {
        return new GenevePacket(firstByte, secondByte, other, vni, lastByte, options, carried);
    }

    public GenevePacket withVni(int other) {
        return new GenevePacket(firstByte, secondByte, protocolType, other, lastByte, options, carried);
    }

    public GenevePacket withLastByte(int other) {
        return new GenevePacket(firstByte, secondByte, protocolType, vni, other, options, carried);
    }

    /** The same packet with other options, a multiple of 4 bytes up to 252, and an option length that tells theirs. */
    public GenevePacket withOptions(Bytes other) {
        int version = firstByte & 0xc0;
        return new GenevePacket(version | other.length() / 4, secondByte, protocolType, vni, lastByte, other, carried);
    }

    public GenevePacket withCarried(Bytes other) {
        return new GenevePacket(firstByte, secondByte, protocolType, vni, lastByte, options, other);
    }

    /** The header and what it carries. */
    public Bytes bytes() {
        ByteBuffer header = ByteBuffer.allocate(GeneveHeader.LENGTH)
                .put((byte) firstByte)
                .put((byte) secondByte)
                .putShort((short) protocolType)
                .putInt(vni << 8 | lastByte);
        return Bytes.join(Bytes.of(header.array()), options, carried);
    }
}
