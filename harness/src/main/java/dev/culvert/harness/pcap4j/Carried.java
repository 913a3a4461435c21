package dev.culvert.harness.pcap4j;

import dev.culvert.harness.packet.LinkType;
import dev.culvert.harness.packet.Next;
import java.util.Optional;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.factory.PacketFactories;
import org.pcap4j.packet.namednumber.DataLinkType;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.NamedNumber;
import org.pcap4j.packet.namednumber.UdpPort;

/** Hands what follows a header back to Pcap4J, under the number that Pcap4J knows it by. */
final class Carried {

    private Carried() {}

    /** A packet of Pcap4J's own choice; an unknown one of what nobody decodes. */
    static Packet packet(Optional<Next> next, byte[] rawData, int offset, int length) {
        if (next.isEmpty()) {
            return UnknownPacket.newPacket(rawData, offset, length);
        }
        int number = next.get().number();
        return switch (next.get().space()) {
            case LINK_TYPE ->
                make(
                        DataLinkType.class,
                        number == LinkType.RAW.number() ? DataLinkType.RAW : DataLinkType.getInstance(number),
                        rawData,
                        offset,
                        length);
            case ETHER_TYPE -> make(EtherType.class, EtherType.getInstance((short) number), rawData, offset, length);
            case IP_PROTOCOL -> make(IpNumber.class, IpNumber.getInstance((byte) number), rawData, offset, length);
            case UDP_PORT -> make(UdpPort.class, UdpPort.getInstance((short) number), rawData, offset, length);
            case ALONE -> UnknownPacket.newPacket(rawData, offset, length);
        };
    }

    private static <N extends NamedNumber<?, ?>> Packet make(
            Class<N> numbers, N number, byte[] rawData, int offset, int length) {
        return PacketFactories.getFactory(Packet.class, numbers).newInstance(rawData, offset, length, number);
    }
}
