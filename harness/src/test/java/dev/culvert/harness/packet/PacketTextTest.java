package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PacketTextTest {

    @Test
    void showsALineForEachLayerAndMarksTheBytesOfAField() {
        Bytes packet = Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                .id(0xbeef)
                .dontFragment()
                .ttl(63)
                .payload(Ipv4Packet.between(SamplePackets.INNER_A, SamplePackets.INNER_B)
                        .payload(IcmpMessage.echoRequest(0x4242, 7, 4)))
                .bytes();
        Dissection dissection = Dissector.dissect(packet, LinkType.RAW);
        Ipv4Header outer = dissection.outerIpv4().orElseThrow();

        String text = PacketText.marking(dissection, List.of(Ipv4Header.TTL.in(outer), Ipv4Header.SOURCE.in(outer)))
                .toString();

        assertThat(text.lines())
                .containsExactly(
                        "   0  outer IPv4: version 4, ihl 5, tos 0x00, total length 52, identification 0xbeef, df 1, mf 0,"
                                + " fragment offset 0, ttl 63, protocol 4, header checksum 0x286c, source 198.51.100.1,"
                                + " destination 198.51.100.2",
                        "  20  inner IPv4: version 4, ihl 5, tos 0x00, total length 32, identification 0x0000, df 0, mf 0,"
                                + " fragment offset 0, ttl 64, protocol 1, header checksum 0x02d9, source 203.0.113.1,"
                                + " destination 203.0.113.2",
                        "  40  ICMP: type 8, code 0, checksum 0xb3b2, identifier 0x4242, sequence number 7",
                        "  48  payload: 4 bytes",
                        "0000  45 00 00 34 be ef 40 00[3f]04 28 6c[c6 33 64 01] |E..4..@.?.(l.3d.|",
                        "0010  c6 33 64 02 45 00 00 20 00 00 00 00 40 01 02 d9  |.3d.E.. ....@...|",
                        "0020  cb 00 71 01 cb 00 71 02 08 00 b3 b2 42 42 00 07  |..q...q.....BB..|",
                        "0030  00 01 02 03                                      |....|");
    }

    @Test
    void saysWhereBytesLie() {
        Bytes packet = SamplePackets.ipip()
                .lie(Ipv4Header.HEADER_CHECKSUM, 0x1111)
                .payload(SamplePackets.echo().lie(Ipv4Header.TOTAL_LENGTH, 1500))
                .bytes();

        String layers = PacketText.of(Dissector.dissect(packet, LinkType.RAW)).layers();

        assertThat(layers.lines())
                .anyMatch(line -> line.startsWith("   0  outer IPv4:") && line.endsWith(" (WRONG checksum)"))
                .contains("  22  MALFORMED: total length 1500, but only 84 bytes are there");
    }

    @Test
    void closesAMarkAtTheEndOfARowAndOpensItOnTheNext() {
        Dissection dissection =
                Dissector.dissect(SamplePackets.echo().bytes().slice(0, 20), 84, LinkType.RAW, PacketContext.NONE);

        String dump = PacketText.marking(dissection, List.of(new ByteRange(14, 4), new ByteRange(18, 2)))
                .dump();

        assertThat(dump.lines())
                .containsExactly(
                        "0000  45 b8 00 54 12 34 00 00 09 01 26 b9 cb 00[71 01] |E..T.4....&...q.|",
                        "0010 [cb 00|71 02]                                     |..q.|");
    }

    @Test
    void showsATunnelOverIpv6WithItsLimit() {
        Bytes packet = Ipv6Packet.between(Ipv6Samples.A, Ipv6Samples.B)
                .extension(Ipv6Extension.encapsulationLimit(4))
                .payload(GrePacket.over(
                        0x6558,
                        EthernetFrame.arp(SamplePackets.MAC_A, "ff:ff:ff:ff:ff:ff", FrameSamples.REQUEST)
                                .vlan(3, 123)
                                .bytes()))
                .bytes();
        Dissection dissection = Dissector.dissect(packet, LinkType.RAW);
        DestinationOptions options = dissection.first(DestinationOptions.class).orElseThrow();

        PacketText text = PacketText.marking(
                dissection, List.of(options.encapsulationLimit().orElseThrow().in(options)));

        assertThat(text.layers().lines())
                .containsExactly(
                        "   0  IPv6: version 6, traffic class 0x00, flow label 0x00000, payload length 58, next header 60,"
                                + " hop limit 64, source 2001:db8:1::1, destination 2001:db8:1::2",
                        "  40  IPv6 destination options: next header 47, hdr ext len 0, option type 0x04, option length 1,"
                                + " tunnel encapsulation limit 4, option type 0x01, option length 1",
                        "  48  GRE: flags and version 0x0000, c 0, r 0, k 0, s 0, version 0, protocol type 0x6558",
                        "  52  Ethernet: destination ff:ff:ff:ff:ff:ff, source 02:00:00:00:00:0a, type 0x8100",
                        "  66  VLAN: pcp 3, dei 0, vid 123, type 0x0806",
                        "  70  ARP: hardware type 1, protocol type 0x0800, hardware address length 6, protocol address"
                                + " length 4, operation 1, sender hardware address 02:00:00:00:00:0a, sender protocol"
                                + " address 203.0.113.1, target hardware address 00:00:00:00:00:00, target protocol"
                                + " address 203.0.113.2");
        assertThat(text.dump().lines())
                .element(2)
                .asString()
                .startsWith("0020  00 00 00 00 00 00 00 02 2f 00 04 01[04]01 01 00");
    }

    @Test
    void showsAMirroredFrameThatWasCut() {
        Bytes frame = SamplePackets.frame(SamplePackets.echo().bytes());
        Bytes gre = ErspanPacket.typeII(0x155, 0x12345, frame.slice(0, 30))
                .with(ErspanHeader.TRUNCATED, 1)
                .inGre(7)
                .bytes();

        String layers = PacketText.of(Dissector.dissect(
                        Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                                .payload(IpPayload.of(47, gre))
                                .bytes(),
                        LinkType.RAW))
                .layers();

        assertThat(layers.lines())
                .contains(
                        "  28  ERSPAN II: version 1, vlan 0, cos 0, en 0, t 1, session id 341, reserved 0x000, index 74565")
                .last()
                .asString()
                .isEqualTo("  50  cut here: IPv4 header goes on, 16 bytes of it were kept");
    }
}
