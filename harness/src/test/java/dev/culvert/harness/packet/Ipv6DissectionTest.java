package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Ipv6DissectionTest {

    private static final Ipv6Packet OUTER = Ipv6Packet.between(Ipv6Samples.A, Ipv6Samples.B);

    @Test
    void readsTheTunnelEncapsulationLimitBehindItsHeader() {
        Bytes packet = Bytes.parse("""
                6b8 12345 0060 3c 40                   version 6, traffic class 0xb8, flow label, 96 bytes, options, hop limit 64
                20010db8000100000000000000000001
                20010db8000100000000000000000002
                29 00 04 01 03 01 01 00                IPv6 follows, 8 bytes, limit 3, PadN of one byte
                """.replaceAll("(?m) {2,}.*$", ""));

        Dissection dissection =
                Dissector.dissect(Bytes.join(packet, Ipv6Samples.echo().bytes().slice(0, 88)), LinkType.RAW);

        DestinationOptions options = dissection.first(DestinationOptions.class).orElseThrow();
        assertThat(options.offset()).isEqualTo(40);
        assertThat(options.nextHeader()).isEqualTo(41);
        assertThat(options.encapsulationLimit().map(limit -> limit.in(options))).contains(new ByteRange(44, 1));
        assertThat(dissection.encapsulationLimit()).contains(3);
        assertThat(dissection.innerIp().map(Header::offset)).contains(48);
    }

    @Test
    void sharesAViewWithIpv4() {
        Dissection sit = dissect(Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                .tos(0x02)
                .ttl(33)
                .payload(Ipv6Samples.echo())
                .bytes());

        IpHeader outer = sit.outerIp().orElseThrow();
        IpHeader inner = sit.innermostIp().orElseThrow();
        assertThat(outer.version()).isEqualTo(4);
        assertThat(outer.hopLimit()).isEqualTo(33);
        assertThat(outer.ecn()).isEqualTo(2);
        assertThat(outer.protocolNumber()).isEqualTo(41);
        assertThat(inner.version()).isEqualTo(6);
        assertThat(inner.hopLimit()).isEqualTo(9);
        assertThat(inner.dscp()).isEqualTo(46);
        assertThat(inner.totalLength()).isEqualTo(104);
        assertThat(inner.source()).isEqualTo(Ipv6Samples.INNER_A);
        assertThat(sit.name(outer, outer.hopLimitField())).isEqualTo("outer ttl");
        assertThat(sit.name(inner, inner.hopLimitField())).isEqualTo("inner hop limit");
    }

    @Test
    void looksBehindExtensionHeadersForWhatIsCarried() {
        Ipv6Packet packet = OUTER.extension(Ipv6Extension.hopByHop(5, 2, 0, 0, 1, 0))
                .extension(Ipv6Extension.fragment(0, false, 1))
                .extension(Ipv6Extension.encapsulationLimit(4))
                .payload(IpPayload.of(47, Bytes.parse("0000 0800")));

        IpHeader ip = dissect(packet.bytes()).outerIp().orElseThrow();

        assertThat(ip.protocolNumber()).isEqualTo(47);
        assertThat(ip.carried()).isEqualTo(Bytes.parse("0000 0800"));
    }

    @Test
    void followsNoOptionBeyondItsHeader() {
        // an encapsulation limit of 5 bytes in a header that has room for 4
        Bytes packet = OUTER.extension(Ipv6Extension.destinationOptions(4, 5, 1, 1, 1, 0))
                .payload(Ipv6Samples.echo())
                .bytes();

        Dissection dissection = dissect(packet);

        assertThat(dissection.malformed().map(Malformed::offset)).contains(42);
        assertThat(dissection.malformed().orElseThrow().why())
                .isEqualTo("option 0x04 goes beyond the end of its header, which is 8 bytes long");
        assertThat(dissection.innerIp()).isEmpty();
    }

    @Test
    void namesTheExtensionHeaderThatIsLongerThanThePacket() {
        Bytes packet = OUTER.extension(Ipv6Extension.encapsulationLimit(4).lieLength(14))
                .payload(Ipv6Samples.echo())
                .bytes();

        Dissection dissection = dissect(packet);

        assertThat(dissection.malformed().map(Malformed::offset)).contains(40);
        assertThat(dissection.malformed().orElseThrow().why())
                .isEqualTo("destination options header takes 120 bytes, but only 112 are left");
        assertThat(dissection.outerIp().map(IpHeader::protocolNumber)).contains(60);
    }

    @Test
    void readsNoHeaderInALaterFragment() {
        Dissection dissection = dissect(OUTER.payload(Icmpv6Message.echoRequest(1, 1, 3000))
                .fragments(1500, 7)
                .get(1)
                .bytes());

        Ipv6FragmentHeader fragment = dissection.first(Ipv6FragmentHeader.class).orElseThrow();
        assertThat(fragment.fragmentOffset()).isEqualTo(1448);
        assertThat(fragment.identification()).isEqualTo(7);
        assertThat(dissection.icmpv6()).isEmpty();
        assertThat(dissection.outerIp().map(IpHeader::protocolNumber)).contains(58);
        assertThat(dissection.payload().map(Payload::offset)).contains(48);
    }

    @Test
    void keepsWhatAnErrorQuotesApart() {
        Bytes packet = Ipv6Packet.between(Ipv6Samples.B, Ipv6Samples.A)
                .payload(Icmpv6Message.parameterProblem(
                        0, 44, Ipv6Samples.limited().bytes()))
                .bytes();

        Dissection dissection = dissect(packet);

        assertThat(dissection.innerIp()).isEmpty();
        Icmpv6Header icmp = dissection.icmpv6().orElseThrow();
        assertThat(icmp.pointer()).isEqualTo(44);
        assertThat(icmp.checksumValid(dissection.carrier(icmp).orElseThrow())).isTrue();
        assertThat(icmp.quoted()).isEqualTo(Ipv6Samples.limited().bytes());
        Dissection quoted = dissection.quoted().orElseThrow();
        assertThat(quoted.encapsulationLimit()).contains(4);
        assertThat(quoted.innermostIp().map(IpHeader::hopLimit)).contains(9);
        assertThat(dissection.name(quoted.outerIp().orElseThrow(), Ipv6Header.HOP_LIMIT))
                .isEqualTo("quoted outer hop limit");
    }

    @Test
    void findsWhatCarriesAHeaderAlsoInAnotherDissectionOfThePacket() {
        Bytes packet = Ipv6Samples.limited().bytes();
        Icmpv6Header icmp = dissect(packet).icmpv6().orElseThrow();

        assertThat(dissect(packet).carrier(icmp).map(IpHeader::hopLimit)).contains(9);
    }

    @Test
    void endsAtADiscoveryOptionWithoutLength() {
        Bytes packet = OUTER.payload(
                        Icmpv6Message.neighborSolicitation(Ipv6Samples.B).with(Bytes.parse("0100 02000000000a")))
                .bytes();

        Dissection dissection = dissect(packet);

        assertThat(dissection.icmpv6().flatMap(Icmpv6Header::target)).contains(Ipv6Samples.B);
        assertThat(dissection.malformed().map(Malformed::offset)).contains(65);
    }

    @Test
    void saysInTheTextThatAChecksumIsWrong() {
        Bytes right = Ipv6Samples.echo().bytes();

        assertThat(PacketText.of(dissect(right)).layers()).doesNotContain("WRONG");
        assertThat(PacketText.of(dissect(right.with(43, right.u8(43) ^ 1)))
                        .layers()
                        .lines())
                .anyMatch(line -> line.startsWith("  40  ICMPv6: type 128") && line.endsWith("(WRONG checksum)"));
    }

    private static Dissection dissect(Bytes packet) {
        return Dissector.dissect(packet, LinkType.RAW);
    }
}
