package dev.culvert.topologies;

import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Field;
import dev.culvert.topologies.link.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How ESP protects a packet: an encryption and an integrity algorithm, with the lengths that a packet shows of them. Kernel: {@code
 * net/xfrm/xfrm_algo.c} has the names.
 */
public enum EspSuite {
    /** AES-GCM with a 128-bit key and a 16-byte check value (RFC 4106); the key has its 4 bytes of salt at its end (section 8.1). */
    AES_GCM("aes-gcm", 20, 0, 8, 4),
    /** AES-CBC with a 128-bit key (RFC 3602), and HMAC-SHA-256 cut to 128 bits (RFC 4868). */
    AES_CBC_HMAC_SHA_256("aes-cbc-hmac-sha256", 16, 32, 16, 16);

    /** SPI and sequence number (RFC 4303 section 2). */
    private static final int HEADER = 8;
    /** Pad length and next header. */
    private static final int TRAILER = 2;

    private static final int CHECK_VALUE = 16;

    private final String word;
    private final int keyBytes;
    private final int authenticationKeyBytes;
    private final int ivBytes;
    private final int alignment;

    EspSuite(String word, int keyBytes, int authenticationKeyBytes, int ivBytes, int alignment) {
        this.word = word;
        this.keyBytes = keyBytes;
        this.authenticationKeyBytes = authenticationKeyBytes;
        this.ivBytes = ivBytes;
        this.alignment = alignment;
    }

    /** The suite that a topology file calls so. */
    public static Optional<EspSuite> named(String word) {
        return Arrays.stream(values()).filter(suite -> suite.word.equals(word)).findFirst();
    }

    /** What a topology file calls it. */
    public String word() {
        return word;
    }

    /** Bytes of the encryption key, a salt included. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Bytes of the authentication key; 0 where the encryption proves integrity too. */
    public int authenticationKeyBytes() {
        return authenticationKeyBytes;
    }

    /** Bytes of the initialization vector in front of the ciphertext. */
    public int ivBytes() {
        return ivBytes;
    }

    /** Bytes of the integrity check value behind the ciphertext. */
    public int checkValueBytes() {
        return CHECK_VALUE;
    }

    /** Bytes that ESP takes before and behind a packet of that length, its padding to the cipher's blocks included. */
    public int overhead(int packetLength) {
        int plain = packetLength + TRAILER;
        int padded = (plain + alignment - 1) / alignment * alignment;
        return HEADER + ivBytes + padded - packetLength + CHECK_VALUE;
    }

    /** The longest packet that, protected, takes no more than that many bytes. */
    public int longestWithin(int bytes) {
        return (bytes - HEADER - ivBytes - CHECK_VALUE) / alignment * alignment - TRAILER;
    }

    /**
     * The attributes by which netlink is told the algorithms with their keys: {@code XFRMA_ALG_*} of include/uapi/linux/xfrm.h, lengths in
     * bits.
     */
    public List<Attribute> attributes(EspAssociation association) {
        Field key = new Field("alg_key", new Value.Octets(association.key()));
        Field keyLength = new Field("alg_key_len", Value.u32(keyBytes * 8L));
        return switch (this) {
            case AES_GCM ->
                List.of(new Attribute(
                        "XFRMA_ALG_AEAD",
                        18,
                        Value.Struct.of(
                                algorithm("rfc4106(gcm(aes))"),
                                keyLength,
                                new Field("alg_icv_len", Value.u32(CHECK_VALUE * 8L)),
                                key)));
            case AES_CBC_HMAC_SHA_256 ->
                List.of(
                        new Attribute("XFRMA_ALG_CRYPT", 2, Value.Struct.of(algorithm("cbc(aes)"), keyLength, key)),
                        new Attribute(
                                "XFRMA_ALG_AUTH_TRUNC",
                                20,
                                Value.Struct.of(
                                        algorithm("hmac(sha256)"),
                                        new Field("alg_key_len", Value.u32(authenticationKeyBytes * 8L)),
                                        new Field("alg_trunc_len", Value.u32(CHECK_VALUE * 8L)),
                                        new Field("alg_key", new Value.Octets(association.authenticationKey())))));
        };
    }

    private static Field algorithm(String name) {
        return new Field("alg_name", new Value.Padded(64, new Value.Text(name)));
    }

    /** The words by which {@code ip xfrm state} is told the algorithms with their keys. */
    public List<String> words(EspAssociation association) {
        String key = "0x" + association.key();
        String bits = String.valueOf(CHECK_VALUE * 8);
        return switch (this) {
            case AES_GCM -> List.of("aead", "rfc4106(gcm(aes))", key, bits);
            // The kernel cuts hmac(sha256) to 96 bits unless told (net/xfrm/xfrm_algo.c aalg_list).
            case AES_CBC_HMAC_SHA_256 ->
                List.of(
                        "enc",
                        "cbc(aes)",
                        key,
                        "auth-trunc",
                        "hmac(sha256)",
                        "0x" + association.authenticationKey(),
                        bits);
        };
    }
}
