package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DissectionTest {

    @Test
    void readsEveryFieldOfAnIpipPacketFromItsBytes() {
        Bytes packet = Bytes.parse(
                "45 b8 0038 beef 4000 40 04 26b0" // ihl 5, tos 0xb8, 56 bytes, id, df, ttl 64, IPIP
                        + " c6336401 c6336402" // 198.51.100.1 to 198.51.100.2
                        + " 46 00 0024 1234 2003 09 01 7299" // ihl 6, 36 bytes, id, mf, offset 24, ttl 9, ICMP
                        + " cb007101 cb007102 94040000" // 203.0.113.1 to 203.0.113.2, router alert
                        + " 0001 0203 0405 0607 0809 0a0b"); // twelve bytes of a fragment

        Dissection dissection = Dissector.dissect(packet, LinkType.IPV4);

        Ipv4Header outer = dissection.outerIpv4().orElseThrow();
        assertThat(outer.tos()).isEqualTo(0xb8);
        assertThat(outer.dscp()).isEqualTo(46);
        assertThat(outer.ecn()).isZero();
        assertThat(outer.totalLength()).isEqualTo(56);
        assertThat(outer.identification()).isEqualTo(0xbeef);
        assertThat(outer.dontFragment()).isTrue();
        assertThat(outer.ttl()).isEqualTo(64);
        assertThat(outer.protocolNumber()).isEqualTo(4);
        assertThat(outer.source()).isEqualTo(SamplePackets.A);
        assertThat(outer.checksumValid()).isTrue();
        assertThat(outer.options().length()).isZero();
        Ipv4Header inner = dissection.innerIpv4().orElseThrow();
        assertThat(inner.offset()).isEqualTo(20);
        assertThat(inner.ihl()).isEqualTo(6);
        assertThat(inner.checksumValid()).isTrue();
        assertThat(inner.moreFragments()).isTrue();
        assertThat(inner.fragmentOffset()).isEqualTo(24);
        assertThat(inner.destination()).isEqualTo(SamplePackets.INNER_B);
        assertThat(inner.options()).isEqualTo(Bytes.parse("94040000"));
        assertThat(dissection.payload().map(Payload::offset)).contains(44);
        assertThat(dissection.icmp()).isEmpty();
    }

    @Test
    void nestsAsDeepAsTheBytesDo() {
        Ipv4Packet packet = SamplePackets.echo();
        for (int i = 0; i < 200; i++) {
            packet = Ipv4Packet.between(SamplePackets.A, SamplePackets.B).payload(packet);
        }

        Dissection dissection = Dissector.dissect(packet.bytes(), LinkType.RAW);

        assertThat(dissection.all(Ipv4Header.class)).hasSize(201);
        assertThat(dissection.icmp()).isPresent();
    }

    @Test
    void readsTheLongestPossibleLabelStack() {
        byte[] entries = new byte[65_532 / 4 * 4 - 20]; // every entry is label 0, not bottom of stack
        Ipv4Packet packet =
                Ipv4Packet.between(SamplePackets.A, SamplePackets.B).payload(IpPayload.of(137, Bytes.of(entries)));

        Dissection dissection = Dissector.dissect(packet.bytes(), LinkType.RAW);

        assertThat(dissection.mplsStack()).hasSize(entries.length / 4);
        assertThat(dissection.malformed()).isPresent();
    }

    @Test
    void keepsWhatAnIcmpErrorQuotesApart() {
        Bytes packet = Ipv4Packet.between(SamplePackets.B, SamplePackets.A)
                .payload(IcmpMessage.fragmentationNeeded(
                        1400, SamplePackets.ipip().bytes()))
                .bytes();

        Dissection dissection = Dissector.dissect(packet, LinkType.RAW);

        assertThat(dissection.innerIpv4()).isEmpty();
        IcmpHeader icmp = dissection.icmp().orElseThrow();
        assertThat(icmp.nextHopMtu()).isEqualTo(1400);
        assertThat(icmp.checksumValid()).isTrue();
        assertThat(icmp.quoted()).isEqualTo(SamplePackets.ipip().bytes());
        Dissection quoted = dissection.quoted().orElseThrow();
        assertThat(quoted.innerIpv4().map(Ipv4Header::ttl)).contains(9);
        assertThat(dissection.name(quoted.innerIpv4().orElseThrow(), Ipv4Header.TTL))
                .isEqualTo("quoted inner ttl");
    }

    @Test
    void tellsAQuoteThatEndsEarlyFromALie() {
        Bytes packet = Ipv4Packet.between(SamplePackets.B, SamplePackets.A)
                .payload(
                        IcmpMessage.timeExceeded(0, SamplePackets.ipip().bytes().slice(0, 28)))
                .bytes();

        Dissection dissection = Dissector.dissect(packet, LinkType.RAW);

        assertThat(dissection.malformed()).isEmpty();
        assertThat(dissection.truncated()).contains(new Truncated(48, 8, "IPv4 header"));
    }

    @Test
    void tellsASnapLengthFromALie() {
        Bytes packet = SamplePackets.ipip().bytes();

        Dissection dissection =
                Dissector.dissect(packet.slice(0, 30), packet.length(), LinkType.RAW, PacketContext.NONE);

        assertThat(dissection.outerIpv4()).isPresent();
        assertThat(dissection.truncated()).contains(new Truncated(20, 10, "IPv4 header"));
        assertThat(dissection.malformed()).isEmpty();
    }

    @Test
    void namesTheTotalLengthThatIsMoreThanThePacket() {
        Bytes packet = SamplePackets.ipip().lie(Ipv4Header.TOTAL_LENGTH, 1500).bytes();

        Dissection dissection = Dissector.dissect(packet, LinkType.RAW);

        assertThat(dissection.outerIpv4()).isPresent();
        assertThat(dissection.malformed())
                .contains(new Malformed(2, 102, "total length 1500, but only 104 bytes are there"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6, 15})
    void namesAVersionThatIsNoIpv4(int version) {
        Bytes packet = SamplePackets.ipip()
                .payload(SamplePackets.echo().lie(Ipv4Header.VERSION, version))
                .bytes();

        Dissection dissection = Dissector.dissect(packet, LinkType.RAW);

        assertThat(dissection.innerIpv4()).isEmpty();
        assertThat(dissection.malformed().map(Malformed::offset)).contains(20);
        assertThat(dissection.malformed().orElseThrow().why()).startsWith("version " + version + " where");
    }

    @Test
    void namesAnIhlBelowFive() {
        Bytes packet = SamplePackets.echo().lie(Ipv4Header.IHL, 4).bytes();

        Dissection dissection = Dissector.dissect(packet, LinkType.RAW);

        assertThat(dissection.layers()).containsExactly(new Malformed(0, 84, "ihl 4 is less than 5"));
    }

    @Test
    void leavesPaddingOutOfTheLastHeader() {
        Bytes packet = Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                .payload(IcmpMessage.echoRequest(1, 1, 4))
                .bytes();
        Bytes padded = Bytes.join(SamplePackets.frame(packet), Bytes.of(new byte[14]));

        Dissection dissection = Dissector.dissect(padded, LinkType.ETHERNET);

        assertThat(padded.length()).isEqualTo(60);
        assertThat(dissection.payload().map(Payload::length)).contains(4);
        assertThat(dissection.icmp().map(IcmpHeader::checksumValid)).contains(true);
    }

    @Test
    void peelsOneHeaderAndSaysWhatFollowsIt() {
        Bytes bytes = Bytes.join(
                Bytes.parse("2000 0800 00000007"), SamplePackets.echo().bytes()); // GRE with K

        Peeled peeled = Dissector.peel(Next.ipProtocol(47), bytes);

        assertThat(peeled.headers()).singleElement().isInstanceOf(GreHeader.class);
        assertThat(peeled.next()).contains(Next.etherType(0x0800));
        assertThat(peeled.behind()).isEqualTo(new ByteRange(8, 84));
        assertThat(peeled.fault()).isEmpty();
    }

    @Test
    void saysWhyNoHeaderCouldBePeeled() {
        Peeled peeled = Dissector.peel(Next.ipProtocol(47), Bytes.parse("2000 0800")); // K, but no key

        assertThat(peeled.headers()).isEmpty();
        assertThat(peeled.next()).isEmpty();
        assertThat(peeled.fault()).contains("GRE header takes 8 bytes, but only 4 are left (at byte 0)");
    }

    @Test
    void refusesToPeelWhatNobodyDecodes() {
        assertThatThrownBy(() -> Dissector.peel(Next.ipProtocol(255), Bytes.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("255");
    }

    @Test
    void saysOuterAndInnerOnlyWhereHeadersNest() {
        Dissection plain = Dissector.dissect(SamplePackets.echo().bytes(), LinkType.RAW);
        Dissection nested = Dissector.dissect(
                SamplePackets.ipip().payload(SamplePackets.ipip()).bytes(), LinkType.RAW);

        assertThat(plain.role(plain.outerIpv4().orElseThrow())).isEqualTo("ipv4");
        assertThat(nested.all(Ipv4Header.class).map(nested::role)).containsExactly("outer", "ip header 2", "inner");
        assertThat(nested.role(nested.icmp().orElseThrow())).isEqualTo("icmp");
    }

    @Test
    void saysOuterAndInnerOfFramesInFramesButNotOfLabels() {
        Bytes inner = new EthernetFrame(
                        SamplePackets.MAC_B,
                        SamplePackets.MAC_A,
                        0x8847,
                        MplsStack.over(SamplePackets.echo().bytes(), 16, 17).bytes())
                .vlan(0, 5)
                .bytes();
        Ipv4Packet gretap = Ipv4Packet.between(SamplePackets.A, SamplePackets.B).payload(GrePacket.over(0x6558, inner));

        Dissection dissection = Dissector.dissect(SamplePackets.frame(gretap.bytes()), LinkType.ETHERNET);

        assertThat(dissection.all(Header.class).map(dissection::role))
                .containsExactly(
                        "outer ethernet", "outer", "gre", "inner ethernet", "vlan", "mpls", "mpls", "inner", "icmp");
    }

    @Test
    void findsNoLayerInNoBytes() {
        Dissection dissection = Dissector.dissect(Bytes.of(), LinkType.ETHERNET);

        assertThat(dissection.outerIpv4()).isEqualTo(Optional.empty());
        assertThat(dissection.malformed()).isPresent();
    }

    @Test
    void showsOptionalWordsOfGreInTheirOrder() {
        // C, K and S: checksum 0xabcd, reserved1 0, key 7, sequence number 1
        GreHeader gre = Dissector.dissect(
                        SamplePackets.gre("b000 0800 abcd 0000 00000007 00000001")
                                .bytes(),
                        LinkType.IPV4)
                .gre()
                .orElseThrow();

        assertThat(gre.length()).isEqualTo(16);
        assertThat(gre.checksum().orElseThrow().of(gre)).isEqualTo(0xabcd);
        assertThat(gre.key().orElseThrow().of(gre)).isEqualTo(7);
        assertThat(gre.sequenceNumber().orElseThrow().of(gre)).isEqualTo(1);
    }

    @Test
    void followsNoGreHeaderOfAnotherVersionOrWithRouting() {
        // version 2; version 1 without K, and with another protocol type than PPTP's; R (RFC 1701)
        for (String header : List.of("2002 880b 0004 0001", "0001 880b", "2001 0800 0004 0001", "4000 0800")) {
            Dissection dissection = Dissector.dissect(SamplePackets.gre(header).bytes(), LinkType.IPV4);

            assertThat(dissection.gre().orElseThrow().length()).isEqualTo(4);
            assertThat(dissection.gre().orElseThrow().key()).isEmpty();
            assertThat(dissection.innerIpv4()).isEmpty();
            assertThat(dissection.payload()).isPresent();
        }
    }

    @Test
    void readsFouOnlyWhereAPortIsKnownForIt() {
        Bytes packet = SamplePackets.udp(5555, SamplePackets.echo().bytes()).bytes();

        Dissection known = Dissector.dissect(packet, LinkType.IPV4, SamplePackets.CONTEXT);
        Dissection unknown = Dissector.dissect(packet, LinkType.IPV4);

        assertThat(known.innerIpv4().map(Ipv4Header::ttl)).contains(9);
        assertThat(known.icmp()).isPresent();
        assertThat(unknown.innerIpv4()).isEmpty();
        assertThat(unknown.payload().map(Payload::offset)).contains(28);
    }

    @Test
    void readsGueWithRemoteChecksumOffload() {
        // version 0, hlen 2, IPv4, private flags; remote checksum offload from byte 20, to byte 22
        Dissection dissection = gue("02 04 0001 80000000 0014 0016");

        GueHeader gue = dissection.first(GueHeader.class).orElseThrow();
        assertThat(gue.length()).isEqualTo(12);
        assertThat(gue.proto()).isEqualTo(4);
        assertThat(gue.checksumStart().orElseThrow().of(gue)).isEqualTo(20);
        assertThat(gue.checksumOffset().orElseThrow().of(gue)).isEqualTo(22);
        assertThat(dissection.innerIpv4().map(Ipv4Header::ttl)).contains(9);
    }

    @Test
    void readsAnIpPacketRightBehindUdpAsGueVersion1() {
        Dissection dissection = gue("");

        assertThat(dissection.first(GueHeader.class)).isEmpty();
        assertThat(dissection.innerIpv4().map(Ipv4Header::offset)).contains(28);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20 04 0000", "80 04 0000", "c0 04 0000"}) // control message, versions 2 and 3
    void followsNoGueHeaderThatCarriesNoData(String header) {
        Dissection dissection = gue(header);

        assertThat(dissection.first(GueHeader.class)).isPresent();
        assertThat(dissection.innerIpv4()).isEmpty();
        assertThat(dissection.payload()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 04 0001", // private flags without a word for them
                "01 04 0001 80000000", // remote checksum offload without a word for it
                "1f 04 0000" // more optional words than the packet has
            })
    void namesGueLengthsThatLie(String header) {
        Dissection dissection = Dissector.dissect(
                SamplePackets.udp(5557, Bytes.join(Bytes.parse(header), Bytes.of(new byte[20])))
                        .bytes(),
                LinkType.IPV4,
                SamplePackets.CONTEXT);

        assertThat(dissection.malformed().map(Malformed::offset)).contains(28);
    }

    @Test
    void showsGeneveOptionsInTheirOrder() {
        // option length 3 words; class 0x0102, type 0x83, 4 bytes; class 0xffff, type 0, none
        Dissection dissection = geneve("03 40 6558 abcdef 00  0102 83 01 01020304  ffff 00 00");

        GeneveHeader geneve = dissection.first(GeneveHeader.class).orElseThrow();
        assertThat(geneve.vni()).isEqualTo(0xabcdef);
        assertThat(dissection.all(GeneveOption.class).map(GeneveOption::data))
                .containsExactly(Bytes.parse("01020304"), Bytes.of());
        assertThat(dissection.all(EthernetHeader.class).map(EthernetHeader::offset))
                .containsExactly(48);
        assertThat(dissection.outerIpv4().map(Ipv4Header::offset)).contains(0);
        assertThat(dissection.innerIpv4().map(Ipv4Header::offset)).contains(62);
    }

    @Test
    void namesAGeneveOptionThatIsLongerThanAllOptions() {
        Dissection dissection = geneve("01 00 6558 000001 00  0102 03 04");

        assertThat(dissection.malformed().map(Malformed::why))
                .contains("option of 20 bytes, but only 4 are left of the options");
        assertThat(dissection.malformed().map(Malformed::offset)).contains(39);
    }

    @Test
    void followsNoGeneveHeaderOfAnotherVersion() {
        Dissection dissection = geneve("40 00 6558 000001 00");

        assertThat(dissection.first(GeneveHeader.class)).isPresent();
        assertThat(dissection.all(EthernetHeader.class)).isEmpty();
    }

    @Test
    void composesWhatItReads() {
        Bytes frame = SamplePackets.frame(SamplePackets.echo().bytes());
        Bytes options = Bytes.parse("0102 83 01 01020304");

        assertThat(GenevePacket.over(0xabcdef, frame)
                        .withSecondByte(0x40)
                        .withOptions(options)
                        .bytes())
                .isEqualTo(SamplePackets.geneve("02 40 6558 abcdef 00  0102 83 01 01020304"));
        assertThat(GuePacket.over(4, SamplePackets.echo().bytes())
                        .withFirstByte(2)
                        .withFlags(1)
                        .withOptional(Bytes.parse("80000000 0014 0016"))
                        .bytes())
                .isEqualTo(SamplePackets.before("02 04 0001 80000000 0014 0016"));
    }

    private static Dissection gue(String header) {
        Bytes packet = SamplePackets.udp(5557, SamplePackets.before(header)).bytes();
        return Dissector.dissect(packet, LinkType.IPV4, SamplePackets.CONTEXT);
    }

    private static Dissection geneve(String header) {
        Bytes packet = SamplePackets.udp(6081, SamplePackets.geneve(header)).bytes();
        return Dissector.dissect(packet, LinkType.IPV4);
    }
}
