package dev.culvert.harness.packet;

import java.util.List;
import java.util.stream.Stream;

/** Ethernet frames with tags, with ARP, with labels, and mirrored ones. */
final class FrameSamples {

    static final ArpPacket REQUEST =
            ArpPacket.request(SamplePackets.MAC_A, SamplePackets.INNER_A, SamplePackets.INNER_B);

    private static final String BROADCAST = "ff:ff:ff:ff:ff:ff";
    private static final EthernetFrame ARP = EthernetFrame.arp(SamplePackets.MAC_A, BROADCAST, REQUEST);
    private static final EthernetFrame IPV4 = EthernetFrame.ipv4(
            SamplePackets.MAC_A, SamplePackets.MAC_B, SamplePackets.echo().bytes());

    private FrameSamples() {}

    static List<Bytes> frames() {
        return Stream.of(link(), mirrored(), pptp()).flatMap(List::stream).toList();
    }

    private static List<Bytes> link() {
        Bytes stack = MplsStack.over(SamplePackets.echo().bytes(), 16, 17).bytes();
        return List.of(
                ARP.bytes(),
                Bytes.join(ARP.bytes(), Bytes.of(new byte[18])), // padded to 60 bytes
                EthernetFrame.arp(SamplePackets.MAC_B, SamplePackets.MAC_A, REQUEST.replyFrom(SamplePackets.MAC_B))
                        .bytes(),
                // hardware type 32 (InfiniBand) of 20 bytes, protocol type IPv6 of 16: 8 bytes fixed, then 2 × (20 +
                // 16)
                new EthernetFrame(
                                SamplePackets.MAC_A,
                                BROADCAST,
                                0x0806,
                                Bytes.join(Bytes.parse("0020 86dd 14 10 0001"), Bytes.of(new byte[72])))
                        .bytes(),
                IPV4.vlan(3, 123).bytes(),
                ARP.tagged(VlanTag.C_TAG, 0x1001).bytes(), // dei, VLAN 1
                IPV4.vlan(0, 7).tagged(VlanTag.S_TAG, 0xe064).bytes(), // pcp 7, VLAN 100 around VLAN 7
                new EthernetFrame(SamplePackets.MAC_A, SamplePackets.MAC_B, 0x8847, stack).bytes(),
                new EthernetFrame(SamplePackets.MAC_A, SamplePackets.MAC_B, 0x8848, stack).bytes(),
                SamplePackets.frame(SamplePackets.udp(6635, stack).bytes()),
                carried(GrePacket.over(0x6558, ARP.bytes())),
                carried(GrePacket.over(0x6558, IPV4.vlan(3, 123).bytes())));
    }

    private static List<Bytes> mirrored() {
        Bytes frame = IPV4.bytes();
        return Stream.of(
                        ErspanPacket.typeI(frame),
                        ErspanPacket.typeII(0x155, 0x12345, frame),
                        ErspanPacket.typeII(1023, 1, IPV4.vlan(3, 123).bytes())
                                .with(ErspanHeader.VLAN, 123)
                                .with(Erspan2Header.EN, 3)
                                .with(Erspan2Header.RESERVED, 0xabc),
                        ErspanPacket.typeII(1, 2, frame.slice(0, 60))
                                .with(ErspanHeader.TRUNCATED, 1)
                                .with(ErspanHeader.COS, 5),
                        ErspanPacket.typeIII(0x155, frame)
                                .with(Erspan3Header.TIMESTAMP, 0xfedcba98L)
                                .with(Erspan3Header.HW_ID, 0x2a)
                                .with(Erspan3Header.D, 1)
                                .with(Erspan3Header.BSO, 1),
                        ErspanPacket.typeIII(3, frame)
                                .with(Erspan3Header.SGT, 0x1234)
                                .with(Erspan3Header.GRA, 2)
                                .withPlatform(2, 0x123456789abcdL))
                .map(packet -> carried(packet.inGre(7)))
                .toList();
    }

    /** Version 1 with every word that it can have, and none; behind it a PPP configure request of no options. */
    private static List<Bytes> pptp() {
        return Stream.of(
                        "3081 880b 0008 1234 00000005 00000009 ff03c02101010004",
                        "2001 880b 0008 1234 ff03c02101010004")
                .map(hex -> SamplePackets.frame(Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                        .payload(IpPayload.of(47, Bytes.parse(hex)))
                        .bytes()))
                .toList();
    }

    private static Bytes carried(GrePacket gre) {
        return SamplePackets.frame(Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                .payload(gre)
                .bytes());
    }
}
