package dev.culvert.harness.packet;

import java.net.InetAddress;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.UdpPort;

/** Composes a UDP datagram (RFC 768) with a right length and checksum. */
public record UdpDatagram(int sourcePort, int destinationPort, Bytes data) implements IpPayload {

    @Override
    public int protocolNumber() {
        return 17;
    }

    @Override
    public Bytes bytes(InetAddress source, InetAddress destination) {
        return Bytes.of(new UdpPacket.Builder()
                .srcPort(UdpPort.getInstance((short) sourcePort))
                .dstPort(UdpPort.getInstance((short) destinationPort))
                .srcAddr(source)
                .dstAddr(destination)
                .payloadBuilder(new UnknownPacket.Builder().rawData(data.toArray()))
                .correctLengthAtBuild(true)
                .correctChecksumAtBuild(true)
                .build()
                .getRawData());
    }
}
