package dev.culvert.harness.packet;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Packets of every shape that the decoders know, each in an Ethernet frame. */
public final class SamplePackets {

    /** What the samples do not say of themselves: their ports, and the keys of those that ESP protects. */
    public static final PacketContext CONTEXT = new PacketContext(
            new UdpPorts(
                    Map.of(5555, Next.ipProtocol(4), 5556, Next.ipProtocol(47), 5557, Next.GUE, 4500, Next.ESP_IN_UDP)),
            EspKeys.of(EspSamples.GCM));

    public static final Inet4Address A = address(198, 51, 100, 1);
    public static final Inet4Address B = address(198, 51, 100, 2);
    public static final Inet4Address INNER_A = address(203, 0, 113, 1);
    public static final Inet4Address INNER_B = address(203, 0, 113, 2);

    static final String MAC_A = "02:00:00:00:00:0a";
    static final String MAC_B = "02:00:00:00:00:0b";

    private SamplePackets() {}

    public static Inet4Address address(int a, int b, int c, int d) {
        return Bytes.of((byte) a, (byte) b, (byte) c, (byte) d).ipv4(0);
    }

    public static Ipv4Packet echo() {
        return Ipv4Packet.between(INNER_A, INNER_B)
                .tos(0xb8)
                .id(0x1234)
                .ttl(9)
                .payload(IcmpMessage.echoRequest(0x4242, 7, 56));
    }

    public static Ipv4Packet ipip() {
        return Ipv4Packet.between(A, B).id(0xbeef).dontFragment().ttl(64).payload(echo());
    }

    public static Bytes frame(Bytes packet) {
        return EthernetFrame.ipv4(MAC_A, MAC_B, packet).bytes();
    }

    /** Every sample. */
    public static List<Bytes> all() {
        List<Bytes> all = new ArrayList<>(knownToTshark());
        gue().forEach(packet -> all.add(frame(packet.bytes())));
        EspSamples.packets(EspSamples.GCM).forEach(packet -> all.add(frame(packet.bytes())));
        return all;
    }

    /** GUE in every form; tshark has no dissector for it. */
    private static List<Ipv4Packet> gue() {
        return List.of(
                udp(5557, before("00 04 0000")), // version 0, no optional fields, IPv4
                udp(5557, before("01 04 0000 12345678")), // one optional word that no flag announces
                udp(5557, before("02 04 0001 80000000 0014 0016")), // private flags: checksum start 20, offset 22
                udp(5557, before("21 01 0000 00000000")), // control message of type 1
                udp(5557, echo().bytes()), // version 1: IPv4 itself
                udp(5557, before("80 04 0000"))); // version 2
    }

    /** A header in hexadecimal with an IPv4 packet behind it. */
    public static Bytes before(String header) {
        return Bytes.join(Bytes.parse(header), echo().bytes());
    }

    /** A UDP datagram without checksum from A to a port of B. */
    public static Ipv4Packet udp(int port, Bytes data) {
        Bytes header = Bytes.parse("9c40 0000 0000 0000") // source port 40000
                .with16(2, port)
                .with16(4, UdpHeader.LENGTH + data.length());
        return Ipv4Packet.between(A, B).payload(IpPayload.of(17, Bytes.join(header, data)));
    }

    /** A Geneve header in hexadecimal with an Ethernet frame behind it. */
    public static Bytes geneve(String header) {
        return Bytes.join(Bytes.parse(header), frame(echo().bytes()));
    }

    /** The samples that tshark can read, too. */
    static List<Bytes> knownToTshark() {
        List<Ipv4Packet> packets = new ArrayList<>(List.of(
                echo(),
                ipip(),
                Ipv4Packet.between(A, B).payload(ipip().payload(ipip())),
                ipip().payload(echo().options(0x94, 0x04, 0x00, 0x00)), // router alert
                ipip().ttl(0).tos(0x03),
                ipip().lie(Ipv4Header.HEADER_CHECKSUM, 0x1111),
                Ipv4Packet.between(A, B).payload(MplsStack.over(echo().bytes(), 100, 200)),
                Ipv4Packet.between(A, B).payload(Ipv6Samples.echo()),
                Ipv4Packet.between(A, B)
                        .payload(GrePacket.over(0x86dd, Ipv6Samples.limited().bytes())),
                gre("0000 0800"), // no flags, version 0; protocol type IPv4
                gre("2000 0800 01020304"), // K; key 1.2.3.4
                gre("9000 0800 1234 0000 fffffffe"), // C and S; a wrong checksum, reserved1, sequence number
                gre("b000 0800 abcd 0000 00000007 00000001"), // C, K and S, in this order
                Ipv4Packet.between(A, B)
                        .payload(IpPayload.of(
                                47, // no flags, protocol type MPLS
                                Bytes.join(
                                        Bytes.parse("0000 8847"),
                                        MplsStack.over(echo().bytes(), 300).bytes()))),
                udp(5555, echo().bytes()), // FOU, IPv4 right behind UDP
                udp(5556, before("2000 0800 00000007")), // FOU, GRE with K
                udp(6081, geneve("00 00 6558 000001 00")), // VNI 1, no options
                udp(6081, geneve("00 81 6558 ffffff ff")), // O, a reserved bit and the reserved byte, the largest VNI
                udp(6081, geneve("04 40 6558 abcdef 00  0102 83 01 01020304  0103 07 e0  ffff 00 00")), // C; three
                // options
                udp(6081, Bytes.join(Bytes.parse("00 00 0800 000007 00"), echo().bytes())), // IPv4 without Ethernet
                Ipv4Packet.between(B, A)
                        .payload(IcmpMessage.fragmentationNeeded(
                                1400, udp(6081, geneve("00 00 6558 000001 00")).bytes())),
                Ipv4Packet.between(B, A).payload(IcmpMessage.fragmentationNeeded(1400, ipip().bytes())),
                Ipv4Packet.between(B, A)
                        .payload(IcmpMessage.timeExceeded(0, ipip().bytes().slice(0, 48))),
                Ipv4Packet.between(B, A).payload(IcmpMessage.parameterProblem(8, ipip().bytes())),
                Ipv4Packet.between(B, A).payload(IcmpMessage.redirect(1, B, echo().bytes())),
                ipip().payload(Ipv4Packet.between(INNER_A, INNER_B)
                        .payload(new UdpDatagram(40000, 5001, Bytes.parse("00 01 02 03 04")))),
                ipip().payload(Ipv4Packet.between(INNER_A, INNER_B).payload(IpPayload.of(6, tcpSyn()))),
                Ipv4Packet.between(INNER_A, address(224, 0, 0, 22)).ttl(1).payload(IpPayload.of(2, igmpReport()))));
        packets.addAll(
                Ipv4Packet.between(INNER_A, INNER_B)
                        .id(0x7777)
                        .payload(IcmpMessage.echoRequest(1, 1, 3000))
                        .fragments(1480)
                        .stream()
                        .map(fragment -> ipip().payload(fragment))
                        .toList());
        List<Bytes> frames = new ArrayList<>();
        packets.forEach(packet -> frames.add(frame(packet.bytes())));
        frames.add(EthernetFrame.ipv6(MAC_A, MAC_B, udpOverIpv6()).bytes());
        frames.addAll(FrameSamples.frames());
        Ipv6Samples.packets()
                .forEach(packet ->
                        frames.add(EthernetFrame.ipv6(MAC_A, MAC_B, packet).bytes()));
        return frames;
    }

    /** A GRE header in hexadecimal with an IPv4 packet behind it. */
    public static Ipv4Packet gre(String header) {
        return Ipv4Packet.between(A, B).payload(IpPayload.of(47, Bytes.join(Bytes.parse(header), echo().bytes())));
    }

    private static Bytes tcpSyn() {
        return Bytes.parse("""
                9c40 1389        source port 40000, destination port 5001
                0102 0304        sequence number
                0000 0000        acknowledgment number
                60 02 faf0       data offset 6, SYN, window 64240
                0000 0000        checksum (left open), urgent pointer
                0204 05b4        maximum segment size 1460
                """.replaceAll("(?m) {2,}.*$", ""));
    }

    private static Bytes igmpReport() {
        return Bytes.parse("16 00 f9fc ef010101"); // version 2 report, no response time, checksum, group 239.1.1.1
    }

    private static Bytes udpOverIpv6() {
        return Bytes.parse("""
                6b81 2345                              version 6, traffic class 0xb8, flow label 0x12345
                000a 11 40                             payload length 10, next header UDP, hop limit 64
                20010db8000100000000000000000001       source 2001:db8:1::1
                20010db8000100000000000000000002       destination 2001:db8:1::2
                9c40 1389 000a 0000 6869               ports 40000 and 5001, length 10, no checksum, "hi"
                """.replaceAll("(?m) {2,}.*$", ""));
    }
}
