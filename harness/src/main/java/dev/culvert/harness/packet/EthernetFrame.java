package dev.culvert.harness.packet;

import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.util.MacAddress;

/**
 * Composes an Ethernet II frame, not padded.
 *
 * @param source in the form {@code 02:00:00:00:00:01}, like the destination
 */
public record EthernetFrame(String source, String destination, int type, Bytes data) {

    /** A frame that carries IPv4. */
    public static EthernetFrame ipv4(String source, String destination, Bytes packet) {
        return new EthernetFrame(source, destination, 0x0800, packet);
    }

    /** A frame that carries IPv6. */
    public static EthernetFrame ipv6(String source, String destination, Bytes packet) {
        return new EthernetFrame(source, destination, 0x86dd, packet);
    }

    /** The frame without its check sequence. */
    public Bytes bytes() {
        return Bytes.of(new EthernetPacket.Builder()
                .srcAddr(MacAddress.getByName(source, ":"))
                .dstAddr(MacAddress.getByName(destination, ":"))
                .type(EtherType.getInstance((short) type))
                .pad(new byte[0])
                .payloadBuilder(new UnknownPacket.Builder().rawData(data.toArray()))
                .build()
                .getRawData());
    }
}
