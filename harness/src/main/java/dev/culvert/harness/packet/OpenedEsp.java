package dev.culvert.harness.packet;

import java.util.Optional;

/**
 * A packet in which what ESP had encrypted is in the clear, at the place where its ciphertext was, which is as long.
 *
 * @param packet the whole packet
 * @param offset where its ESP header starts
 */
record OpenedEsp(Bytes packet, int offset, EspLayout layout) {

    /** Puts the clear bytes in; empty where their pad length is more than there is. */
    static Optional<OpenedEsp> of(EspHeader header, int ivBytes, Bytes plain) {
        int carried = plain.length() - EspLayout.TRAILER - plain.u8(plain.length() - EspLayout.TRAILER);
        if (carried < 0) {
            return Optional.empty();
        }
        int at = header.offset() + EspHeader.LENGTH + ivBytes;
        Bytes whole = header.packet();
        Bytes clear = Bytes.join(whole.slice(0, at), plain, whole.from(at + plain.length()));
        return Optional.of(new OpenedEsp(clear, header.offset(), new EspLayout(ivBytes, carried)));
    }
}
