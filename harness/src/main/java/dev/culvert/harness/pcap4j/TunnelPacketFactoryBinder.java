package dev.culvert.harness.pcap4j;

import dev.culvert.harness.packet.ErspanHeader;
import dev.culvert.harness.packet.Next;
import dev.culvert.harness.packet.VlanTag;
import dev.culvert.harness.pcap4j.TunnelPacketFactory.Known;
import java.util.Map;
import org.pcap4j.packet.Dot1qVlanTagPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.factory.PacketFactory;
import org.pcap4j.packet.factory.PacketFactoryBinder;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.NamedNumber;
import org.pcap4j.packet.namednumber.UdpPort;

/** Adds what travels in tunnels to what another binder knows. */
final class TunnelPacketFactoryBinder implements PacketFactoryBinder {

    private static final Known ETHERNET = new Known(EthernetPacket.class, EthernetPacket::newPacket);
    private static final Known VLAN = new Known(Dot1qVlanTagPacket.class, Dot1qVlanTagPacket::newPacket);
    private static final Known MPLS = new Known(MplsPcapPacket.class, MplsPcapPacket::newPacket);
    private static final Known ERSPAN = new Known(ErspanPcapPacket.class, ErspanPcapPacket::newPacket);

    private final PacketFactoryBinder others;
    private final Map<Class<?>, PacketFactory<Packet, ?>> factories;

    TunnelPacketFactoryBinder(PacketFactoryBinder others) {
        this.others = others;
        this.factories = Map.of(
                IpNumber.class,
                new TunnelPacketFactory<>(byIpNumber(), others.getPacketFactory(Packet.class, IpNumber.class)),
                EtherType.class,
                new TunnelPacketFactory<>(byEtherType(), others.getPacketFactory(Packet.class, EtherType.class)),
                UdpPort.class,
                new TunnelPacketFactory<>(byUdpPort(), others.getPacketFactory(Packet.class, UdpPort.class)));
    }

    @Override
    @SuppressWarnings("unchecked") // a factory lies under the class of its numbers, and all of them make packets
    public <T, N extends NamedNumber<?, ?>> PacketFactory<T, N> getPacketFactory(
            Class<T> targetClass, Class<N> numberClass) {
        PacketFactory<Packet, ?> own = targetClass == Packet.class ? factories.get(numberClass) : null;
        return own == null ? others.getPacketFactory(targetClass, numberClass) : (PacketFactory<T, N>) own;
    }

    private static Map<IpNumber, Known> byIpNumber() {
        return Map.of(
                IpNumber.getInstance((byte) 4),
                new Known(IpV4Packet.class, IpV4Packet::newPacket),
                IpNumber.getInstance((byte) 41),
                new Known(IpV6Packet.class, IpV6Packet::newPacket),
                IpNumber.getInstance((byte) 47),
                new Known(GrePcapPacket.class, GrePcapPacket::newPacket),
                IpNumber.getInstance((byte) 137),
                MPLS);
    }

    /** GRE and Geneve take their numbers from here. */
    private static Map<EtherType, Known> byEtherType() {
        return Map.of(
                EtherType.getInstance((short) 0x6558),
                ETHERNET,
                EtherType.getInstance((short) 0x8847),
                MPLS,
                EtherType.getInstance((short) 0x8848),
                MPLS,
                EtherType.getInstance((short) VlanTag.S_TAG),
                VLAN,
                EtherType.getInstance((short) ErspanHeader.PROTOCOL_TYPE_2),
                ERSPAN,
                EtherType.getInstance((short) ErspanHeader.PROTOCOL_TYPE_3),
                ERSPAN);
    }

    private static Map<UdpPort, Known> byUdpPort() {
        return Map.of(
                UdpPort.getInstance((short) Next.GENEVE.number()),
                new Known(GenevePcapPacket.class, GenevePcapPacket::newPacket),
                UdpPort.getInstance((short) Next.GUE.number()),
                new Known(GuePcapPacket.class, GuePcapPacket::dissect),
                UdpPort.getInstance((short) Next.MPLS_IN_UDP.number()),
                MPLS);
    }
}
