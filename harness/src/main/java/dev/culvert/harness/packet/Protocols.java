package dev.culvert.harness.packet;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The decoders that there are. A protocol is one class and a line here for each number that it goes by. */
final class Protocols {

    static final Protocols ALL = new Protocols(Map.ofEntries(
            Map.entry(Next.linkType(LinkType.ETHERNET), EthernetHeader::decode),
            Map.entry(Next.linkType(LinkType.LINUX_SLL), LinuxSllHeader::decode),
            Map.entry(Next.linkType(LinkType.RAW), IpVersion::decode),
            Map.entry(Next.linkType(LinkType.IPV4), Ipv4Header::decode),
            Map.entry(Next.etherType(0x0800), Ipv4Header::decode),
            Map.entry(Next.etherType(0x0806), ArpHeader::decode),
            Map.entry(Next.etherType(0x6558), EthernetHeader::decode),
            Map.entry(Next.etherType(VlanTag.C_TAG), VlanTag::decode),
            Map.entry(Next.etherType(0x86dd), Ipv6Header::decode),
            Map.entry(Next.etherType(0x8847), MplsEntry::decode),
            Map.entry(Next.etherType(0x8848), MplsEntry::decode),
            Map.entry(Next.etherType(VlanTag.S_TAG), VlanTag::decode),
            Map.entry(Next.etherType(ErspanHeader.PROTOCOL_TYPE_2), ErspanHeader::decode),
            Map.entry(Next.etherType(ErspanHeader.PROTOCOL_TYPE_3), ErspanHeader::decode),
            Map.entry(Next.ipProtocol(Ipv6Chain.HOP_BY_HOP), HopByHopOptions::decode),
            Map.entry(Next.ipProtocol(1), IcmpHeader::decode),
            Map.entry(Next.ipProtocol(2), IgmpHeader::decode),
            Map.entry(Next.ipProtocol(4), Ipv4Header::decode),
            Map.entry(Next.ipProtocol(6), TcpHeader::decode),
            Map.entry(Next.ipProtocol(17), UdpHeader::decode),
            Map.entry(Next.ipProtocol(41), Ipv6Header::decode),
            Map.entry(Next.ipProtocol(Ipv6Chain.ROUTING), Ipv6RoutingHeader::decode),
            Map.entry(Next.ipProtocol(Ipv6Chain.FRAGMENT), Ipv6FragmentHeader::decode),
            Map.entry(Next.ipProtocol(47), GreHeader::decode),
            Map.entry(Next.ipProtocol(50), EspHeader::decode),
            Map.entry(Next.ipProtocol(58), Icmpv6Header::decode),
            Map.entry(Next.ipProtocol(Ipv6Chain.DESTINATION_OPTIONS), DestinationOptions::decode),
            Map.entry(Next.ipProtocol(137), MplsEntry::decode),
            Map.entry(Next.ESP_IN_UDP, EspHeader::decodeInUdp),
            Map.entry(Next.GUE, GueHeader::decode),
            Map.entry(Next.GENEVE, GeneveHeader::decode),
            Map.entry(Next.MPLS_IN_UDP, MplsEntry::decode),
            Map.entry(Next.ND_OPTION, NdOption::decode)));

    private final Map<Next, Decoder> decoders;

    private Protocols(Map<Next, Decoder> decoders) {
        this.decoders = decoders;
    }

    @Nullable
    Decoder decoder(Next next) {
        return decoders.get(next);
    }
}
