package dev.culvert.harness.packet;

import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.util.MacAddress;

/**
 * Composes an Ethernet II frame, not padded, with VLAN tags if it has any.
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

    /** A frame that carries ARP. */
    public static EthernetFrame arp(String source, String destination, ArpPacket packet) {
        return new EthernetFrame(source, destination, 0x0806, packet.bytes());
    }

    /** The same frame with a customer's VLAN tag before everything else, drop eligible 0. */
    public EthernetFrame vlan(int pcp, int vid) {
        return tagged(VlanTag.C_TAG, pcp << 13 | vid);
    }

    /**
     * The same frame with a VLAN tag before everything else.
     *
     * @param identifier the type that announces it, {@link VlanTag#C_TAG} or {@link VlanTag#S_TAG}
     * @param tci all 16 bits of tag control information
     */
    public EthernetFrame tagged(int identifier, int tci) {
        Bytes tag = Bytes.of((byte) (tci >> 8), (byte) tci, (byte) (type >> 8), (byte) type);
        return new EthernetFrame(source, destination, identifier, Bytes.join(tag, data));
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
