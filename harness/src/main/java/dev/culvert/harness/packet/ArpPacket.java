package dev.culvert.harness.packet;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import org.pcap4j.util.MacAddress;

/**
 * Composes an ARP packet (RFC 826) for IPv4 over Ethernet.
 *
 * @param senderHardware in the form {@code 02:00:00:00:00:01}, like that of the target
 */
public record ArpPacket(
        int operation,
        String senderHardware,
        Inet4Address senderProtocol,
        String targetHardware,
        Inet4Address targetProtocol) {

    private static final String UNKNOWN = "00:00:00:00:00:00";
    private static final int LENGTH = 28;

    /** Who has that address? */
    public static ArpPacket request(String senderHardware, Inet4Address senderProtocol, Inet4Address targetProtocol) {
        return new ArpPacket(ArpHeader.REQUEST, senderHardware, senderProtocol, UNKNOWN, targetProtocol);
    }

    /** The answer of the one that is asked, to this. */
    public ArpPacket replyFrom(String hardware) {
        return new ArpPacket(ArpHeader.REPLY, hardware, targetProtocol, senderHardware, senderProtocol);
    }

    /** The packet, not padded. */
    public Bytes bytes() {
        return Bytes.of(ByteBuffer.allocate(LENGTH)
                .putShort((short) 1)
                .putShort((short) 0x0800)
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) operation)
                .put(MacAddress.getByName(senderHardware, ":").getAddress())
                .put(senderProtocol.getAddress())
                .put(MacAddress.getByName(targetHardware, ":").getAddress())
                .put(targetProtocol.getAddress())
                .array());
    }
}
