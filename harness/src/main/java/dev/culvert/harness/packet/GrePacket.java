package dev.culvert.harness.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Composes a GRE header (RFC 2784 section 2, RFC 2890 section 2) with what it carries. Every method gives a changed copy.
 *
 * @param otherBits bits of the first two bytes that say nothing of the words that are there, the version among them
 * @param protocolType an EtherType
 * @param checksum whether there is one; it is right unless {@code lie} says otherwise
 * @param lie what the right checksum is exclusive-ored with
 */
public record GrePacket(
        int otherBits,
        int protocolType,
        boolean checksum,
        int lie,
        Optional<Integer> key,
        Optional<Integer> sequence,
        Bytes carried)
        implements IpPayload {

    private static final int WORD = 4;

    /** A header of four bytes, all flags 0. */
    public static GrePacket over(int protocolType, Bytes carried) {
        return new GrePacket(0, protocolType, false, 0, Optional.empty(), Optional.empty(), carried);
    }

    /** A packet with the same words, key and protocol type as another one. */
    public static GrePacket like(GreHeader header, Bytes carried) {
        return new GrePacket(
                0,
                header.protocolType(),
                header.checksum().isPresent(),
                0,
                header.key().map(field -> (int) field.of(header)),
                header.sequenceNumber().map(field -> (int) field.of(header)),
                carried);
    }

    public GrePacket withBits(int bits) {
        return new GrePacket(bits, protocolType, checksum, lie, key, sequence, carried);
    }

    public GrePacket withProtocolType(int type) {
        return new GrePacket(otherBits, type, checksum, lie, key, sequence, carried);
    }

    public GrePacket withChecksum(boolean there) {
        return new GrePacket(otherBits, protocolType, there, lie, key, sequence, carried);
    }

    /** The same packet with a checksum that is wrong, where it has one. */
    public GrePacket withWrongChecksum() {
        return new GrePacket(otherBits, protocolType, checksum, 0x5555, key, sequence, carried);
    }

    public GrePacket withKey(Optional<Integer> other) {
        return new GrePacket(otherBits, protocolType, checksum, lie, other, sequence, carried);
    }

    public GrePacket withSequence(Optional<Integer> number) {
        return new GrePacket(otherBits, protocolType, checksum, lie, key, number, carried);
    }

    public GrePacket withCarried(Bytes other) {
        return new GrePacket(otherBits, protocolType, checksum, lie, key, sequence, other);
    }

    @Override
    public int protocolNumber() {
        return 47;
    }

    @Override
    public Bytes bytes(InetAddress source, InetAddress destination) {
        return bytes();
    }

    /** The header and what it carries. */
    public Bytes bytes() {
        int flags = otherBits
                | (checksum ? 0x8000 : 0)
                | (key.isPresent() ? 0x2000 : 0)
                | (sequence.isPresent() ? 0x1000 : 0);
        ByteBuffer header =
                ByteBuffer.allocate(4 * WORD).putShort((short) flags).putShort((short) protocolType);
        if (checksum) {
            header.putInt(0);
        }
        key.ifPresent(header::putInt);
        sequence.ifPresent(header::putInt);
        Bytes whole = Bytes.join(Bytes.of(header.array()).slice(0, header.position()), carried);
        return checksum ? whole.with16(WORD, new InternetChecksum().add(whole).value() ^ lie) : whole;
    }
}
