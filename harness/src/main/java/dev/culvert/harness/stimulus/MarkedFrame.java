package dev.culvert.harness.stimulus;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetFrame;
import java.util.Arrays;

/**
 * Composes frames whose data tells which of a stimulus they are, of a type that no kernel has a handler for (IEEE Std 802, local experimental
 * EtherType 1). A tag has priority 3 and VLAN 123, for which no server has a device.
 *
 * @param source in the form {@code 02:00:00:00:00:01}, like the destination
 */
record MarkedFrame(String source, String destination) {

    static final int EXPERIMENTAL = 0x88b5;

    /** How much data an Ethernet frame has at least. */
    static final int SHORTEST_DATA = 46;

    private static final int TAG = 0x8100;
    private static final Bytes TAG_CONTROL = Bytes.parse("60 7b");

    /** A frame with that many bytes of data. */
    Bytes plain(String label, int length) {
        return new EthernetFrame(source, destination, EXPERIMENTAL, data(label, length)).bytes();
    }

    /** The same behind a tag (IEEE Std 802.1Q). */
    Bytes tagged(String label, int length) {
        return tagged(EXPERIMENTAL, data(label, length));
    }

    /** Something else behind a tag. */
    Bytes tagged(int type, Bytes data) {
        Bytes behind = Bytes.join(TAG_CONTROL, Bytes.of((byte) (type >> 8), (byte) type), data);
        return new EthernetFrame(source, destination, TAG, behind).bytes();
    }

    private static Bytes data(String label, int length) {
        return Bytes.of(Arrays.copyOf(label.getBytes(US_ASCII), length));
    }
}
