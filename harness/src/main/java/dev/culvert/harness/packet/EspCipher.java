package dev.culvert.harness.packet;

import dev.culvert.topologies.EspAssociation;
import dev.culvert.topologies.EspSuite;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Protects packets and opens them again, by one security association, without extended sequence numbers. */
final class EspCipher {

    /** Bytes of salt behind an AES-GCM key (RFC 4106 section 8.1). */
    private static final int SALT = 4;

    private static final int CHECK_VALUE_BITS = EspLayout.CHECK_VALUE * 8;

    private final EspSuite suite;
    private final Bytes key;
    private final Bytes authenticationKey;

    EspCipher(EspSuite suite, EspAssociation association) {
        this.suite = suite;
        this.key = Bytes.parse(association.key());
        this.authenticationKey = Bytes.parse(association.authenticationKey());
    }

    int ivBytes() {
        return suite.ivBytes();
    }

    /**
     * Opens what lies behind SPI and sequence number.
     *
     * @param esp the whole ESP packet, from its SPI to the end of its integrity check value
     * @return the protected packet with padding, pad length and next header; empty when the check value does not prove it, or the
     *     ciphertext has a length that the suite does not make
     */
    Optional<Bytes> open(Bytes esp) {
        int header = EspHeader.LENGTH + suite.ivBytes();
        if (esp.length() < header + EspLayout.TRAILER + EspLayout.CHECK_VALUE) {
            return Optional.empty();
        }
        Bytes iv = esp.slice(EspHeader.LENGTH, suite.ivBytes());
        try {
            return suite == EspSuite.AES_GCM
                    ? openGcm(esp.slice(0, EspHeader.LENGTH), iv, esp.from(header))
                    : openCbc(esp, iv, header);
        } catch (AEADBadTagException | IllegalBlockSizeException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES and HMAC-SHA-256", e);
        }
    }

    /**
     * Protects a packet.
     *
     * @param iv as long as the suite takes it; with AES-GCM never the same twice
     */
    Bytes seal(long spi, long sequence, Bytes iv, Bytes packet, int nextHeader) {
        return sealAsItIs(spi, sequence, iv, padded(packet, nextHeader));
    }

    /** Protects what brings its own padding, pad length and next header, right or wrong, in a length that the cipher takes. */
    Bytes sealAsItIs(long spi, long sequence, Bytes iv, Bytes plain) {
        Bytes head = Bytes.of(ByteBuffer.allocate(EspHeader.LENGTH)
                .putInt((int) spi)
                .putInt((int) sequence)
                .array());
        try {
            if (suite == EspSuite.AES_GCM) {
                return Bytes.join(head, iv, gcm(Cipher.ENCRYPT_MODE, head, iv, plain));
            }
            Bytes authenticated = Bytes.join(head, iv, cbc(Cipher.ENCRYPT_MODE, iv, plain));
            return Bytes.join(authenticated, checkValue(authenticated));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES and HMAC-SHA-256", e);
        }
    }

    /** Padding with its own numbers, so that all is as long as the cipher takes it (RFC 4303 section 2.4). */
    private Bytes padded(Bytes packet, int nextHeader) {
        int head = EspHeader.LENGTH + suite.ivBytes();
        int padding = suite.overhead(packet.length()) - head - EspLayout.TRAILER - EspLayout.CHECK_VALUE;
        byte[] trailer = new byte[padding + EspLayout.TRAILER];
        for (int i = 0; i < padding; i++) {
            trailer[i] = (byte) (i + 1);
        }
        trailer[padding] = (byte) padding;
        trailer[padding + 1] = (byte) nextHeader;
        return Bytes.join(packet, Bytes.of(trailer));
    }

    private Optional<Bytes> openGcm(Bytes head, Bytes iv, Bytes sealed) throws GeneralSecurityException {
        return Optional.of(gcm(Cipher.DECRYPT_MODE, head, iv, sealed));
    }

    private Optional<Bytes> openCbc(Bytes esp, Bytes iv, int header) throws GeneralSecurityException {
        int end = esp.length() - EspLayout.CHECK_VALUE;
        boolean proven = MessageDigest.isEqual(
                checkValue(esp.slice(0, end)).toArray(), esp.from(end).toArray());
        return proven ? Optional.of(cbc(Cipher.DECRYPT_MODE, iv, esp.slice(header, end - header))) : Optional.empty();
    }

    /** RFC 4106 sections 4 and 5: the nonce is salt and IV, and what is authenticated beside the text is SPI and sequence number. */
    private Bytes gcm(int mode, Bytes head, Bytes iv, Bytes text) throws GeneralSecurityException {
        int length = key.length() - SALT;
        Bytes nonce = Bytes.join(key.from(length), iv);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(key.slice(0, length).toArray(), "AES"),
                new GCMParameterSpec(CHECK_VALUE_BITS, nonce.toArray()));
        cipher.updateAAD(head.toArray());
        return Bytes.of(cipher.doFinal(text.toArray()));
    }

    private Bytes cbc(int mode, Bytes iv, Bytes text) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.toArray(), "AES"), new IvParameterSpec(iv.toArray()));
        return Bytes.of(cipher.doFinal(text.toArray()));
    }

    /** RFC 4868 section 2.3: the first 128 bits. */
    private Bytes checkValue(Bytes authenticated) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(authenticationKey.toArray(), "HmacSHA256"));
        return Bytes.of(Arrays.copyOf(mac.doFinal(authenticated.toArray()), EspLayout.CHECK_VALUE));
    }
}
