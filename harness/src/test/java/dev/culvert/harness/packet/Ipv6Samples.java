package dev.culvert.harness.packet;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;

/** Packets with IPv6 headers of every shape that the decoders know. */
public final class Ipv6Samples {

    public static final Inet6Address A = address("20010db8000100000000000000000001");
    public static final Inet6Address B = address("20010db8000100000000000000000002");
    public static final Inet6Address INNER_A = address("20010db8000200000000000000000001");
    public static final Inet6Address INNER_B = address("20010db8000200000000000000000002");

    private static final Inet6Address LINK_LOCAL = address("fe800000000000000000000000000001");
    private static final Inet6Address GROUP = address("ff0200000000000000000001ff000002");
    private static final Bytes MAC = Bytes.parse("02000000000a");

    private Ipv6Samples() {}

    static Inet6Address address(String hex) {
        return Bytes.parse(hex).ipv6(0);
    }

    public static Ipv6Packet echo() {
        return Ipv6Packet.between(INNER_A, INNER_B)
                .trafficClass(0xb8)
                .flowLabel(0x12345)
                .hopLimit(9)
                .payload(Icmpv6Message.echoRequest(0x4242, 7, 56));
    }

    /** What ip6tnl sends by default. */
    public static Ipv6Packet limited() {
        return Ipv6Packet.between(A, B)
                .extension(Ipv6Extension.encapsulationLimit(4))
                .payload(echo());
    }

    /** Every sample that is an IPv6 packet. */
    static List<Bytes> packets() {
        Ipv6Packet outer = Ipv6Packet.between(A, B);
        Ipv6Packet back = Ipv6Packet.between(B, A);
        Bytes gre = GrePacket.over(0x86dd, echo().bytes()).bytes();
        List<Ipv6Packet> packets = new ArrayList<>(List.of(
                echo(),
                limited(),
                outer.payload(SamplePackets.echo()),
                limited().payload(SamplePackets.echo()),
                limited().payload(limited()),
                limited().payload(IpPayload.of(47, gre)),
                limited().payload(MplsStack.over(SamplePackets.echo().bytes(), 16, 17)),
                outer.extension(Ipv6Extension.hopByHop(5, 2, 0, 0, 0, 0)) // router alert 0, Pad1 twice
                        .extension(Ipv6Extension.destinationOptions(0x1e, 4, 1, 2, 3, 4)) // an option nobody knows
                        .payload(new UdpDatagram(40000, 5001, Bytes.parse("00 01 02"))),
                outer.extension(Ipv6Extension.routing(0, 0, Bytes.parse("00000000 20010db8000100000000000000000003")))
                        .payload(new UdpDatagram(40000, 5001, Bytes.parse("00 01 02 03"))),
                outer.extension(Ipv6Extension.fragment(0, false, 0xcafe)).payload(echo()), // an atomic fragment
                back.payload(Icmpv6Message.unreachable(3, limited().bytes())),
                back.payload(Icmpv6Message.packetTooBig(1280, limited().bytes())),
                back.payload(Icmpv6Message.timeExceeded(0, limited().bytes().slice(0, 96))),
                back.payload(Icmpv6Message.parameterProblem(0, 44, limited().bytes())),
                outer.payload(IpPayload.of(58, Bytes.parse("80 00 1234 0001 0002"))), // an echo, its checksum wrong
                outer.payload(IpPayload.of(58, Bytes.parse("c8 00 0000"))))); // type 200, private experimentation
        packets.addAll(discovery());
        packets.addAll(Ipv6Packet.between(A, B)
                .payload(Icmpv6Message.echoRequest(1, 1, 3000))
                .fragments(1500, 0x01020304));
        packets.addAll(listeners());
        return packets.stream().map(Ipv6Packet::bytes).toList();
    }

    private static List<Ipv6Packet> discovery() {
        Ipv6Packet link = Ipv6Packet.between(LINK_LOCAL, GROUP).hopLimit(255);
        Bytes prefix = Bytes.parse("0304 40c0 00015180 00003840 00000000 20010db8000200000000000000000000");
        return List.of(
                link.payload(Icmpv6Message.routerSolicitation()),
                link.payload(Icmpv6Message.routerSolicitation()
                        .withLinkLayerAddress(NdOption.SOURCE_LINK_LAYER_ADDRESS, MAC)),
                link.payload(Icmpv6Message.routerAdvertisement(64, 1800)
                        .with(prefix) // 64 bits, L and A, valid 86400 s, preferred 14400 s
                        .with(Bytes.parse("0501 0000 000005dc"))), // MTU 1500
                link.payload(Icmpv6Message.neighborSolicitation(B)
                        .withLinkLayerAddress(NdOption.SOURCE_LINK_LAYER_ADDRESS, MAC)),
                link.payload(Icmpv6Message.neighborAdvertisement(B)
                        .withLinkLayerAddress(NdOption.TARGET_LINK_LAYER_ADDRESS, MAC)),
                link.payload(new Icmpv6Message(
                        Icmpv6Header.REDIRECT, 0, 0, Bytes.join(Bytes.of(A.getAddress()), Bytes.of(B.getAddress())))));
    }

    private static List<Ipv6Packet> listeners() {
        Ipv6Packet alert = Ipv6Packet.between(LINK_LOCAL, GROUP)
                .hopLimit(1)
                .extension(Ipv6Extension.hopByHop(5, 2, 0, 0, 1, 0)); // router alert 0, PadN of 2
        Bytes group = Bytes.of(GROUP.getAddress());
        return List.of(
                alert.payload(new Icmpv6Message(Icmpv6Header.LISTENER_QUERY, 0, 10_000L << 16, group)),
                alert.payload(new Icmpv6Message(Icmpv6Header.LISTENER_REPORT, 0, 0, group)),
                alert.payload(new Icmpv6Message(Icmpv6Header.LISTENER_DONE, 0, 0, group)),
                // one record: to exclude, no auxiliary data, no sources
                alert.payload(new Icmpv6Message(
                        Icmpv6Header.LISTENER_REPORT_2, 0, 1, Bytes.join(Bytes.parse("04 00 0000"), group))));
    }
}
