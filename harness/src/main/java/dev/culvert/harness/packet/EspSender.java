package dev.culvert.harness.packet;

import dev.culvert.topologies.EspAssociation;
import dev.culvert.topologies.EspSuite;
import java.nio.ByteBuffer;

/**
 * Composes ESP packets (RFC 4303) by the keys of one direction, beside the kernel that sends by them too. Initialization vectors follow
 * from sequence numbers, so that the same packet with the same number is the same to the last bit.
 */
public final class EspSender {

    /** IANA's protocol number. */
    public static final int PROTOCOL = 50;

    private final EspCipher cipher;
    private final long spi;

    public EspSender(EspSuite suite, EspAssociation association) {
        this.cipher = new EspCipher(suite, association);
        this.spi = association.spi();
    }

    /** An IP packet in tunnel mode, from its SPI to the end of its integrity check value. */
    public Bytes protect(long sequence, IpPacket packet) {
        return protect(spi, sequence, packet.bytes(), packet.protocolNumber());
    }

    /** The same under another SPI. */
    public Bytes protectAs(long otherSpi, long sequence, IpPacket packet) {
        return protect(otherSpi, sequence, packet.bytes(), packet.protocolNumber());
    }

    /** Bytes of another protocol: 59 makes it a dummy packet (RFC 4303 section 2.6). */
    public Bytes protect(long sequence, Bytes carried, int nextHeader) {
        return protect(spi, sequence, carried, nextHeader);
    }

    /** What brings its own padding, pad length and next header, right or wrong, in a length that the cipher takes. */
    public Bytes protectAsItIs(long sequence, Bytes plain) {
        return cipher.sealAsItIs(spi, sequence, iv(sequence), plain);
    }

    private Bytes protect(long anySpi, long sequence, Bytes carried, int nextHeader) {
        return cipher.seal(anySpi, sequence, iv(sequence), carried, nextHeader);
    }

    private Bytes iv(long sequence) {
        return Bytes.of(ByteBuffer.allocate(cipher.ivBytes())
                .putLong(cipher.ivBytes() - Long.BYTES, sequence)
                .array());
    }
}
