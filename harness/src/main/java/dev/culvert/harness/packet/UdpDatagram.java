package dev.culvert.harness.packet;

import java.net.InetAddress;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.UdpPort;

/**
 * Composes a UDP datagram (RFC 768) with a right length. Every method gives a changed copy.
 *
 * @param checksum whether it has one, which is right; otherwise the field is 0
 */
public record UdpDatagram(int sourcePort, int destinationPort, Bytes data, boolean checksum) implements IpPayload {

    private static final int CHECKSUM = 6;

    /** A datagram with a checksum. */
    public UdpDatagram(int sourcePort, int destinationPort, Bytes data) {
        this(sourcePort, destinationPort, data, true);
    }

    public UdpDatagram withSourcePort(int other) {
        return new UdpDatagram(other, destinationPort, data, checksum);
    }

    public UdpDatagram withDestinationPort(int other) {
        return new UdpDatagram(sourcePort, other, data, checksum);
    }

    public UdpDatagram withData(Bytes other) {
        return new UdpDatagram(sourcePort, destinationPort, other, checksum);
    }

    public UdpDatagram withChecksum(boolean other) {
        return new UdpDatagram(sourcePort, destinationPort, data, other);
    }

    @Override
    public int protocolNumber() {
        return 17;
    }

    @Override
    public Bytes bytes(InetAddress source, InetAddress destination) {
        Bytes bytes = Bytes.of(new UdpPacket.Builder()
                .srcPort(UdpPort.getInstance((short) sourcePort))
                .dstPort(UdpPort.getInstance((short) destinationPort))
                .srcAddr(source)
                .dstAddr(destination)
                .payloadBuilder(new UnknownPacket.Builder().rawData(data.toArray()))
                .correctLengthAtBuild(true)
                .correctChecksumAtBuild(true)
                .build()
                .getRawData());
        return checksum ? bytes : bytes.with16(CHECKSUM, 0);
    }
}
