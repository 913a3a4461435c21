package dev.culvert.harness.packet;

import static dev.culvert.harness.packet.FieldComparison.as;
import static dev.culvert.harness.packet.FieldComparison.hidden;
import static dev.culvert.harness.packet.FieldComparison.named;
import static dev.culvert.harness.packet.FieldComparison.same;
import static dev.culvert.harness.packet.FieldComparison.scaled;
import static dev.culvert.harness.packet.FieldComparison.written;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Which field of ours is which of tshark's. */
final class TsharkNames {

    private TsharkNames() {}

    /** All of them. */
    static List<FieldComparison> all() {
        return Stream.of(
                        ethernet(),
                        vlan(),
                        arp(),
                        erspan(),
                        ipv4(),
                        ipv6(),
                        extensions(),
                        mpls(),
                        gre(),
                        geneve(),
                        icmp(),
                        icmpv6(),
                        igmp(),
                        transport())
                .flatMap(Collection::stream)
                .toList();
    }

    private static List<FieldComparison> ethernet() {
        return List.of(
                same(EthernetHeader.class, EthernetHeader.DESTINATION, "eth.dst"),
                same(EthernetHeader.class, EthernetHeader.SOURCE, "eth.src"),
                same(EthernetHeader.class, EthernetHeader.TYPE, "eth.type"));
    }

    private static List<FieldComparison> vlan() {
        return List.of(
                same(VlanTag.class, VlanTag.PCP, "ieee8021ad.priority", "vlan.priority"),
                same(VlanTag.class, VlanTag.DEI, "ieee8021ad.dei", "vlan.dei"),
                same(VlanTag.class, VlanTag.VID, "ieee8021ad.id", "vlan.id"),
                as(VlanTag.class, VlanTag.TYPE, "vlan.etype", TsharkNames::typeBehindCTag));
    }

    /** tshark has no field for the type behind an S-tag. */
    private static String typeBehindCTag(Header tag) {
        boolean announced = tag.packet().u16(tag.offset() - 2) == VlanTag.C_TAG;
        return announced ? VlanTag.TYPE.text(tag) : "";
    }

    private static List<FieldComparison> arp() {
        return List.of(
                same(ArpHeader.class, ArpHeader.HARDWARE_TYPE, "arp.hw.type"),
                same(ArpHeader.class, ArpHeader.PROTOCOL_TYPE, "arp.proto.type"),
                same(ArpHeader.class, ArpHeader.HARDWARE_LENGTH, "arp.hw.size"),
                same(ArpHeader.class, ArpHeader.PROTOCOL_LENGTH, "arp.proto.size"),
                same(ArpHeader.class, ArpHeader.OPERATION, "arp.opcode"),
                same(ArpHeader.class, ArpHeader.SENDER_HARDWARE, "arp.src.hw_mac"),
                same(ArpHeader.class, ArpHeader.SENDER_PROTOCOL, "arp.src.proto_ipv4"),
                same(ArpHeader.class, ArpHeader.TARGET_HARDWARE, "arp.dst.hw_mac"),
                same(ArpHeader.class, ArpHeader.TARGET_PROTOCOL, "arp.dst.proto_ipv4"));
    }

    private static List<FieldComparison> erspan() {
        return List.of(
                same(ErspanHeader.class, ErspanHeader.VERSION, "erspan.version"),
                same(ErspanHeader.class, ErspanHeader.VLAN, "erspan.vlan"),
                same(ErspanHeader.class, ErspanHeader.COS, "erspan.cos"),
                same(ErspanHeader.class, ErspanHeader.TRUNCATED, "erspan.truncated"),
                same(ErspanHeader.class, ErspanHeader.SESSION_ID, "erspan.spanid"),
                same(Erspan2Header.class, Erspan2Header.EN, "erspan.encap"),
                written(Erspan2Header.class, Erspan2Header.RESERVED.name(), "erspan.reserved", "%d"),
                same(Erspan2Header.class, Erspan2Header.INDEX, "erspan.index"),
                same(Erspan3Header.class, Erspan3Header.BSO, "erspan.bso"),
                same(Erspan3Header.class, Erspan3Header.TIMESTAMP, "erspan.timestamp"),
                same(Erspan3Header.class, Erspan3Header.SGT, "erspan.sgt"),
                same(Erspan3Header.class, Erspan3Header.P, "erspan.p"),
                same(Erspan3Header.class, Erspan3Header.FT, "erspan.ft"),
                same(Erspan3Header.class, Erspan3Header.HW_ID, "erspan.hw"),
                same(Erspan3Header.class, Erspan3Header.D, "erspan.direction"),
                same(Erspan3Header.class, Erspan3Header.GRA, "erspan.gra"),
                same(Erspan3Header.class, Erspan3Header.O, "erspan.o"),
                same(Erspan3Header.class, Erspan3Header.PLATFORM_ID, "erspan.platid"));
    }

    private static List<FieldComparison> ipv4() {
        return List.of(
                same(IpHeader.class, Ipv4Header.VERSION, "ip.version"),
                scaled(Ipv4Header.class, Ipv4Header.IHL, "ip.hdr_len", 4),
                same(Ipv4Header.class, Ipv4Header.TOS, "ip.dsfield"),
                hidden(Ipv4Header.class, Ipv4Header.DSCP, "ip.dsfield.dscp"),
                hidden(Ipv4Header.class, Ipv4Header.ECN, "ip.dsfield.ecn"),
                same(Ipv4Header.class, Ipv4Header.TOTAL_LENGTH, "ip.len"),
                same(Ipv4Header.class, Ipv4Header.IDENTIFICATION, "ip.id"),
                hidden(Ipv4Header.class, Ipv4Header.RESERVED, "ip.flags.rb"),
                same(Ipv4Header.class, Ipv4Header.DF, "ip.flags.df"),
                same(Ipv4Header.class, Ipv4Header.MF, "ip.flags.mf"),
                same(Ipv4Header.class, Ipv4Header.FRAGMENT_OFFSET, "ip.frag_offset"),
                same(Ipv4Header.class, Ipv4Header.TTL, "ip.ttl"),
                same(Ipv4Header.class, Ipv4Header.PROTOCOL, "ip.proto"),
                same(Ipv4Header.class, Ipv4Header.HEADER_CHECKSUM, "ip.checksum"),
                same(Ipv4Header.class, Ipv4Header.SOURCE, "ip.src"),
                same(Ipv4Header.class, Ipv4Header.DESTINATION, "ip.dst"));
    }

    private static List<FieldComparison> ipv6() {
        return List.of(
                same(Ipv6Header.class, Ipv6Header.VERSION, "ipv6.version"),
                written(Ipv6Header.class, Ipv6Header.TRAFFIC_CLASS.name(), "ipv6.tclass", "0x%08x"),
                written(Ipv6Header.class, Ipv6Header.FLOW_LABEL.name(), "ipv6.flow", "0x%06x"),
                same(Ipv6Header.class, Ipv6Header.PAYLOAD_LENGTH, "ipv6.plen"),
                same(Ipv6Header.class, Ipv6Header.NEXT_HEADER, "ipv6.nxt"),
                same(Ipv6Header.class, Ipv6Header.HOP_LIMIT, "ipv6.hlim"),
                same(Ipv6Header.class, Ipv6Header.SOURCE, "ipv6.src"),
                same(Ipv6Header.class, Ipv6Header.DESTINATION, "ipv6.dst"),
                hidden(Ipv6Header.class, Ipv6Header.DSCP, "ipv6.tclass.dscp"),
                hidden(Ipv6Header.class, Ipv6Header.ECN, "ipv6.tclass.ecn"));
    }

    private static List<FieldComparison> extensions() {
        return List.of(
                same(HopByHopOptions.class, Ipv6OptionsHeader.NEXT_HEADER, "ipv6.hopopts.nxt"),
                same(HopByHopOptions.class, Ipv6OptionsHeader.HEADER_LENGTH, "ipv6.hopopts.len"),
                same(DestinationOptions.class, Ipv6OptionsHeader.NEXT_HEADER, "ipv6.dstopts.nxt"),
                same(DestinationOptions.class, Ipv6OptionsHeader.HEADER_LENGTH, "ipv6.dstopts.len"),
                named(Ipv6OptionsHeader.class, "option type", "ipv6.opt.type"),
                named(Ipv6OptionsHeader.class, "option length", "ipv6.opt.length"),
                named(Ipv6OptionsHeader.class, "tunnel encapsulation limit", "ipv6.opt.tel"),
                named(Ipv6OptionsHeader.class, "router alert", "ipv6.opt.router_alert"),
                same(Ipv6RoutingHeader.class, Ipv6RoutingHeader.NEXT_HEADER, "ipv6.routing.nxt"),
                same(Ipv6RoutingHeader.class, Ipv6RoutingHeader.HEADER_LENGTH, "ipv6.routing.len"),
                same(Ipv6RoutingHeader.class, Ipv6RoutingHeader.ROUTING_TYPE, "ipv6.routing.type"),
                same(Ipv6RoutingHeader.class, Ipv6RoutingHeader.SEGMENTS_LEFT, "ipv6.routing.segleft"),
                same(Ipv6FragmentHeader.class, Ipv6FragmentHeader.NEXT_HEADER, "ipv6.fraghdr.nxt"),
                same(Ipv6FragmentHeader.class, Ipv6FragmentHeader.RESERVED, "ipv6.fraghdr.reserved_octet"),
                same(Ipv6FragmentHeader.class, Ipv6FragmentHeader.FRAGMENT_OFFSET, "ipv6.fraghdr.offset"),
                same(Ipv6FragmentHeader.class, Ipv6FragmentHeader.MORE, "ipv6.fraghdr.more"),
                same(Ipv6FragmentHeader.class, Ipv6FragmentHeader.IDENTIFICATION, "ipv6.fraghdr.ident"));
    }

    private static List<FieldComparison> mpls() {
        return List.of(
                same(MplsEntry.class, MplsEntry.LABEL, "mpls.label"),
                same(MplsEntry.class, MplsEntry.TC, "mpls.exp"),
                same(MplsEntry.class, MplsEntry.BOTTOM, "mpls.bottom"),
                same(MplsEntry.class, MplsEntry.TTL, "mpls.ttl"));
    }

    private static List<FieldComparison> gre() {
        return List.of(
                same(GreHeader.class, GreHeader.FLAGS_AND_VERSION, "gre.flags_and_version"),
                same(GreHeader.class, GreHeader.CHECKSUM_PRESENT, "gre.flags.checksum"),
                same(GreHeader.class, GreHeader.ROUTING_PRESENT, "gre.flags.routing"),
                same(GreHeader.class, GreHeader.KEY_PRESENT, "gre.flags.key"),
                same(GreHeader.class, GreHeader.SEQUENCE_PRESENT, "gre.flags.sequence_number"),
                same(GreHeader.class, GreHeader.VERSION, "gre.flags.version"),
                same(GreHeader.class, GreHeader.PROTOCOL_TYPE, "gre.proto"),
                named(GreHeader.class, "gre checksum", "gre.checksum"),
                named(GreHeader.class, "reserved1", "gre.offset"),
                named(GreHeader.class, "key", "gre.key"),
                named(GreHeader.class, "sequence number", "gre.sequence_number"),
                same(GreHeader.class, GreHeader.ACKNOWLEDGMENT_PRESENT, "gre.flags.ack"),
                same(GreHeader.class, GreHeader.PAYLOAD_LENGTH, "gre.key.payload_length"),
                same(GreHeader.class, GreHeader.CALL_ID, "gre.key.call_id"),
                named(GreHeader.class, "acknowledgment number", "gre.ack_number"));
    }

    private static List<FieldComparison> geneve() {
        return List.of(
                same(GeneveHeader.class, GeneveHeader.VERSION, "geneve.version"),
                as(
                        GeneveHeader.class,
                        GeneveHeader.OPTION_LENGTH,
                        "geneve.options",
                        geneve -> geneve.payload()
                                .slice(0, (int) GeneveHeader.OPTION_LENGTH.of(geneve) * 4)
                                .toString()),
                as(GeneveOption.class, GeneveOption.LENGTH_FIELD, "geneve.option.unknown.data", option -> {
                    Bytes data = ((GeneveOption) option).data();
                    return data.length() == 0 ? "<MISSING>" : data.toString(); // tshark's word for no bytes
                }),
                same(GeneveHeader.class, GeneveHeader.CONTROL, "geneve.flags.oam"),
                same(GeneveHeader.class, GeneveHeader.CRITICAL, "geneve.flags.critical"),
                scaled(GeneveHeader.class, GeneveHeader.RESERVED1, "geneve.flags.reserved", 1),
                same(GeneveHeader.class, GeneveHeader.PROTOCOL_TYPE, "geneve.proto_type"),
                written(GeneveHeader.class, GeneveHeader.VNI.name(), "geneve.vni", "0x%06x"),
                same(GeneveHeader.class, GeneveHeader.RESERVED2, "geneve.reserved"),
                same(GeneveOption.class, GeneveOption.OPTION_CLASS, "geneve.option.class"),
                same(GeneveOption.class, GeneveOption.TYPE, "geneve.option.type"),
                same(GeneveOption.class, GeneveOption.CRITICAL, "geneve.option.type.critical"),
                written(GeneveOption.class, GeneveOption.RESERVED.name(), "geneve.option.flags", "0x%02x"));
    }

    private static List<FieldComparison> icmp() {
        return List.of(
                same(IcmpHeader.class, IcmpHeader.TYPE, "icmp.type"),
                same(IcmpHeader.class, IcmpHeader.CODE, "icmp.code"),
                same(IcmpHeader.class, IcmpHeader.CHECKSUM, "icmp.checksum"),
                written(IcmpHeader.class, IcmpHeader.IDENTIFIER.name(), "icmp.ident", "%d"),
                same(IcmpHeader.class, IcmpHeader.SEQUENCE, "icmp.seq"),
                same(IcmpHeader.class, IcmpHeader.NEXT_HOP_MTU, "icmp.mtu"),
                same(IcmpHeader.class, IcmpHeader.POINTER, "icmp.pointer"),
                same(IcmpHeader.class, IcmpHeader.GATEWAY, "icmp.redir_gw"));
    }

    private static List<FieldComparison> icmpv6() {
        return List.of(
                same(Icmpv6Header.class, Icmpv6Header.TYPE, "icmpv6.type"),
                same(Icmpv6Header.class, Icmpv6Header.CODE, "icmpv6.code"),
                same(Icmpv6Header.class, Icmpv6Header.CHECKSUM, "icmpv6.checksum"),
                same(Icmpv6Header.class, Icmpv6Header.MTU, "icmpv6.mtu"),
                same(Icmpv6Header.class, Icmpv6Header.POINTER, "icmpv6.pointer"),
                same(Icmpv6Header.class, Icmpv6Header.IDENTIFIER, "icmpv6.echo.identifier"),
                same(Icmpv6Header.class, Icmpv6Header.SEQUENCE, "icmpv6.echo.sequence_number"),
                same(Icmpv6Header.class, Icmpv6Header.CUR_HOP_LIMIT, "icmpv6.nd.ra.cur_hop_limit"),
                same(Icmpv6Header.class, Icmpv6Header.ROUTER_FLAGS, "icmpv6.nd.ra.flag"),
                same(Icmpv6Header.class, Icmpv6Header.ROUTER_LIFETIME, "icmpv6.nd.ra.router_lifetime"),
                same(Icmpv6Header.class, Icmpv6Header.REACHABLE_TIME, "icmpv6.nd.ra.reachable_time"),
                same(Icmpv6Header.class, Icmpv6Header.RETRANS_TIMER, "icmpv6.nd.ra.retrans_timer"),
                same(Icmpv6Header.class, Icmpv6Header.ROUTER, "icmpv6.nd.na.flag.r"),
                same(Icmpv6Header.class, Icmpv6Header.SOLICITED, "icmpv6.nd.na.flag.s"),
                same(Icmpv6Header.class, Icmpv6Header.OVERRIDE, "icmpv6.nd.na.flag.o"),
                same(
                        Icmpv6Header.class,
                        Icmpv6Header.TARGET,
                        "icmpv6.nd.ns.target_address",
                        "icmpv6.nd.na.target_address",
                        "icmpv6.nd.rd.target_address"),
                same(Icmpv6Header.class, Icmpv6Header.DESTINATION, "icmpv6.rd.na.destination_address"),
                same(Icmpv6Header.class, Icmpv6Header.MAX_RESPONSE_DELAY, "icmpv6.mld.maximum_response_delay"),
                same(Icmpv6Header.class, Icmpv6Header.MULTICAST_ADDRESS, "icmpv6.mld.multicast_address"),
                same(Icmpv6Header.class, Icmpv6Header.RECORDS, "icmpv6.mldr.nb_mcast_records"),
                same(NdOption.class, NdOption.TYPE, "icmpv6.opt.type"),
                same(NdOption.class, NdOption.LENGTH, "icmpv6.opt.length"),
                same(NdOption.class, NdOption.LINK_LAYER_ADDRESS, "icmpv6.opt.linkaddr"),
                same(NdOption.class, NdOption.PREFIX_LENGTH, "icmpv6.opt.prefix.length"),
                same(NdOption.class, NdOption.PREFIX_FLAGS, "icmpv6.opt.prefix.flag"),
                same(NdOption.class, NdOption.VALID_LIFETIME, "icmpv6.opt.prefix.valid_lifetime"),
                same(NdOption.class, NdOption.PREFERRED_LIFETIME, "icmpv6.opt.prefix.preferred_lifetime"),
                same(NdOption.class, NdOption.PREFIX, "icmpv6.opt.prefix"),
                same(NdOption.class, NdOption.MTU, "icmpv6.opt.mtu"));
    }

    private static List<FieldComparison> igmp() {
        return List.of(
                same(IgmpHeader.class, IgmpHeader.TYPE, "igmp.type"),
                same(IgmpHeader.class, IgmpHeader.MAX_RESPONSE, "igmp.max_resp"),
                same(IgmpHeader.class, IgmpHeader.CHECKSUM, "igmp.checksum"),
                same(IgmpHeader.class, IgmpHeader.GROUP, "igmp.maddr"));
    }

    private static List<FieldComparison> transport() {
        return List.of(
                same(UdpHeader.class, UdpHeader.SOURCE_PORT, "udp.srcport"),
                same(UdpHeader.class, UdpHeader.DESTINATION_PORT, "udp.dstport"),
                same(UdpHeader.class, UdpHeader.LENGTH_FIELD, "udp.length"),
                same(UdpHeader.class, UdpHeader.CHECKSUM, "udp.checksum"),
                same(TcpHeader.class, TcpHeader.SOURCE_PORT, "tcp.srcport"),
                same(TcpHeader.class, TcpHeader.DESTINATION_PORT, "tcp.dstport"),
                same(TcpHeader.class, TcpHeader.SEQUENCE_NUMBER, "tcp.seq_raw"),
                same(TcpHeader.class, TcpHeader.ACKNOWLEDGMENT_NUMBER, "tcp.ack_raw"),
                scaled(TcpHeader.class, TcpHeader.DATA_OFFSET, "tcp.hdr_len", 4),
                written(TcpHeader.class, TcpHeader.CONTROL_BITS.name(), "tcp.flags", "0x%04x"),
                same(TcpHeader.class, TcpHeader.WINDOW, "tcp.window_size_value"),
                same(TcpHeader.class, TcpHeader.CHECKSUM, "tcp.checksum"));
    }
}
