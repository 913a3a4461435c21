package dev.culvert.harness.packet;

import java.nio.ByteBuffer;

/**
 * Composes a GUE header of any version (include/net/gue.h) with what it carries. Every method gives a changed copy.
 *
 * @param firstByte version, control bit and hlen
 * @param proto the IP protocol of what is carried, or the type of a control message
 * @param optional the optional fields, as long as they are, whatever hlen says
 */
public record GuePacket(int firstByte, int proto, int flags, Bytes optional, Bytes carried) {

    /** A header of four bytes. */
    public static GuePacket over(int proto, Bytes carried) {
        return new GuePacket(0, proto, 0, Bytes.of(), carried);
    }

    public GuePacket withFirstByte(int other) {
        return new GuePacket(other, proto, flags, optional, carried);
    }

    public GuePacket withProto(int other) {
        return new GuePacket(firstByte, other, flags, optional, carried);
    }

    public GuePacket withFlags(int other) {
        return new GuePacket(firstByte, proto, other, optional, carried);
    }

    /** The same packet with other optional fields; hlen stays. */
    public GuePacket withOptional(Bytes other) {
        return new GuePacket(firstByte, proto, flags, other, carried);
    }

    /** The header and what it carries. */
    public Bytes bytes() {
        ByteBuffer header = ByteBuffer.allocate(GueHeader.MIN_LENGTH)
                .put((byte) firstByte)
                .put((byte) proto)
                .putShort((short) flags);
        return Bytes.join(Bytes.of(header.array()), optional, carried);
    }
}
