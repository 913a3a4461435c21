package dev.culvert.topologies.kind;

import dev.culvert.topologies.Option.NumberOrNone;
import dev.culvert.topologies.Options;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The destination options header with a tunnel encapsulation limit (RFC 2473 section 4.1.1) that IPv6 tunnels put before what they carry: next
 * header, length 0 for 8 bytes, the option of type 4 and length 1, and a PadN option of 3 bytes.
 *
 * @param limit how many more tunnels the packet may enter, 8 bits unsigned
 */
record EncapsulationLimit(int limit) {

    /** Its length in bytes. */
    static final int LENGTH = 8;

    private static final String OPTION = "encaplimit";

    /** What a device with these options sends; empty where it is told to leave it out, and in external mode ({@code ipxip6_tnl_xmit}). */
    static Optional<EncapsulationLimit> of(Options options) {
        if (External.is(options)) {
            return Optional.empty();
        }
        String value = options.asWords().getOrDefault(OPTION, NumberOrNone.NONE);
        return NumberOrNone.NONE.equals(value)
                ? Optional.empty()
                : Optional.of(new EncapsulationLimit(Integer.parseInt(value)));
    }

    /** The header and the packet behind it. */
    byte[] before(int nextHeader, byte[] packet) {
        return ByteBuffer.allocate(LENGTH + packet.length)
                .put(new byte[] {(byte) nextHeader, 0, 4, 1, (byte) limit, 1, 1, 0})
                .put(packet)
                .array();
    }
}
