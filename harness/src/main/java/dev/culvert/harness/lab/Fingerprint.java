package dev.culvert.harness.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes one key of everything that something is built from. */
final class Fingerprint {

    private static final int KEY_BYTES = 10;

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds a text; {@code "ab", "c"} and {@code "a", "bc"} are different. */
    Fingerprint add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
        return this;
    }

    /** Adds a file's content. */
    Fingerprint add(Path file) throws IOException {
        add(Long.toString(Files.size(file)));
        byte[] buffer = new byte[1 << 16];
        try (InputStream input = Files.newInputStream(file)) {
            for (int count = input.read(buffer); count > 0; count = input.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return this;
    }

    /** Returns the key of what was added so far: 20 hexadecimal digits. */
    String key() {
        return HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
    }
}
