package dev.culvert.harness.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.harness.capture.FramingExpectation.DontFragment;
import dev.culvert.harness.capture.FramingExpectation.Inner;
import dev.culvert.harness.packet.ByteRange;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetFrame;
import dev.culvert.harness.packet.GrePacket;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.Ipv6Extension;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.packet.Ipv6Packet;
import dev.culvert.harness.packet.Ipv6Samples;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.harness.packet.SamplePackets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tunnels with IPv6 outside, inside, or both. */
class BulkFramingIpv6Test {

    /** ip6tnl with an encapsulation limit: 8 bytes of destination options between the headers. */
    private static final FramingExpectation IP6IP6 =
            new FramingExpectation(Ipv6Samples.A, Ipv6Samples.B, 41, 8, Inner.IPV6, DontFragment.ANY);

    private static final FramingExpectation SIT =
            new FramingExpectation(SamplePackets.A, SamplePackets.B, 41, 0, Inner.IPV6, DontFragment.SET);

    private static final Ipv6Packet GOOD = Ipv6Samples.limited();
    private static final Ipv6Packet REPLY = Ipv6Packet.between(Ipv6Samples.B, Ipv6Samples.A)
            .extension(Ipv6Extension.encapsulationLimit(4))
            .payload(Ipv6Packet.between(Ipv6Samples.INNER_B, Ipv6Samples.INNER_A));

    @TempDir
    private Path folder;

    @Test
    void findsNothingWrongInBothDirectionsOfATunnel() throws IOException {
        FramingReport report = judge(IP6IP6, ethernet(GOOD), ethernet(REPLY));

        assertThat(report.offenders()).isEmpty();
        assertThat(report.tunnelPackets()).isEqualTo(2);
        assertThat(report.tunnelBytes()).isEqualTo(152 + 88);
    }

    @Test
    void countsOtherTrafficApart() throws IOException {
        FramingReport report =
                judge(IP6IP6, ethernet(GOOD), ethernet(Ipv6Samples.echo()), ethernet(SamplePackets.ipip()));

        assertThat(report.packets()).isEqualTo(3);
        assertThat(report.otherPackets()).isEqualTo(2);
        assertThat(report.faults()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesTheFaultAndTheBytesThatShowIt(FramingFault fault, ByteRange bytes, Bytes packet) throws IOException {
        FramingReport report = judge(IP6IP6, ethernet(GOOD), packet);

        assertThat(report.faults()).isEqualTo(Map.of(fault, 1L));
        assertThat(report.offenders())
                .singleElement()
                .satisfies(offender -> assertThat(offender.bytes()).isEqualTo(bytes));
    }

    static Stream<Arguments> faults() {
        Ipv6Packet inner = Ipv6Samples.echo();
        return Stream.of(
                fault(FramingFault.OUTER_VERSION_IHL, 14, 1, GOOD.lie(Ipv6Header.VERSION, 4)),
                fault(FramingFault.LENGTH_ON_LINK, 18, 2, GOOD.lie(Ipv6Header.PAYLOAD_LENGTH, 111)),
                fault(
                        FramingFault.ENDPOINTS,
                        22,
                        32,
                        Ipv6Packet.between(Ipv6Samples.A, Ipv6Samples.INNER_B)
                                .extension(Ipv6Extension.encapsulationLimit(4))
                                .payload(inner)),
                fault(
                        FramingFault.OUTER_FRAGMENT,
                        20,
                        1,
                        Ipv6Packet.between(Ipv6Samples.A, Ipv6Samples.B)
                                .extension(Ipv6Extension.fragment(0, true, 7))
                                .payload(inner)),
                fault(FramingFault.LENGTHS, 18, 2, GOOD.payload(inner.lie(Ipv6Header.PAYLOAD_LENGTH, 63))),
                fault(FramingFault.LENGTHS, 18, 2, GOOD.payload(IpPayload.of(41, Bytes.parse("60")))),
                // the option is missing: eight bytes into the inner header there is an address
                fault(
                        FramingFault.INNER_VERSION,
                        62,
                        1,
                        Ipv6Packet.between(Ipv6Samples.A, Ipv6Samples.B).payload(inner)),
                fault(FramingFault.INNER_VERSION, 62, 1, GOOD.payload(inner.lie(Ipv6Header.VERSION, 4))));
    }

    @Test
    void judgesIpv6WithinIpv4() throws IOException {
        Ipv4Packet outer = Ipv4Packet.between(SamplePackets.A, SamplePackets.B).payload(Ipv6Samples.echo());

        FramingReport report = judge(SIT, ethernet(outer.dontFragment()), ethernet(outer));

        assertThat(report.tunnelPackets()).isEqualTo(2);
        assertThat(report.faults()).isEqualTo(Map.of(FramingFault.OUTER_DF, 1L));
    }

    @Test
    void asksForNoDfBecauseOfInnerIpv6() throws IOException {
        FramingExpectation copied = new FramingExpectation(
                SamplePackets.A, SamplePackets.B, 41, 0, Inner.IPV6, DontFragment.SET_WHERE_INNER_IS);

        FramingReport report = judge(
                copied,
                ethernet(Ipv4Packet.between(SamplePackets.A, SamplePackets.B).payload(Ipv6Samples.echo())));

        assertThat(report.tunnelPackets()).isEqualTo(1);
        assertThat(report.faults()).isEmpty();
    }

    @Test
    void takesEitherVersionInsideWhereBothAreMeant() throws IOException {
        FramingExpectation gre =
                new FramingExpectation(Ipv6Samples.A, Ipv6Samples.B, 47, 12, Inner.EITHER, DontFragment.ANY);
        Ipv6Packet outer =
                Ipv6Packet.between(Ipv6Samples.A, Ipv6Samples.B).extension(Ipv6Extension.encapsulationLimit(4));

        FramingReport report = judge(
                gre,
                ethernet(outer.payload(GrePacket.over(0x86dd, Ipv6Samples.echo().bytes()))),
                ethernet(outer.payload(
                        GrePacket.over(0x0800, SamplePackets.echo().bytes()))),
                ethernet(outer.payload(GrePacket.over(
                        0x0800,
                        SamplePackets.echo().lie(Ipv4Header.HEADER_CHECKSUM, 0).bytes()))));

        assertThat(report.tunnelPackets()).isEqualTo(3);
        assertThat(report.faults()).isEqualTo(Map.of(FramingFault.INNER_CHECKSUM, 1L));
    }

    @Test
    void judgesTheOuterHeaderAloneWhereTheInnerCannotBeRead() throws IOException {
        FramingExpectation esp =
                new FramingExpectation(SamplePackets.A, SamplePackets.B, 50, 8, Inner.OPAQUE, DontFragment.SET);
        Ipv4Packet outer = Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                .payload(IpPayload.of(50, Bytes.parse("00000001 00000001 deadbeef")));

        FramingReport report = judge(esp, ethernet(outer.dontFragment()), ethernet(outer));

        assertThat(report.tunnelPackets()).isEqualTo(2);
        assertThat(report.faults()).isEqualTo(Map.of(FramingFault.OUTER_DF, 1L));
    }

    @Test
    void saysWhenTheCaptureKeptTooLittle() throws IOException {
        Path file = folder.resolve("short.pcap");
        Bytes packet = ethernet(GOOD);
        try (PcapWriter writer = PcapWriter.create(file, LinkType.ETHERNET)) {
            for (int kept : new int[] {102, 101, 54, 53}) { // 14 + 40 + 8 + 40 bytes are needed, 14 + 40 tell a tunnel
                writer.write(new CapturedPacket(0, 0, packet.slice(0, kept), packet.length(), LinkType.ETHERNET));
            }
        }

        FramingReport report = BulkFraming.judge(file, IP6IP6);

        assertThat(report.tunnelPackets()).isEqualTo(4);
        assertThat(report.faults()).isEqualTo(Map.of(FramingFault.KEPT_TOO_LITTLE, 3L));
    }

    @Test
    void refusesEndsOfTwoVersions() {
        assertThatThrownBy(() -> FramingExpectation.ipip(SamplePackets.A, Ipv6Samples.B, DontFragment.ANY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("198.51.100.1 and 2001:db8:1:0:0:0:0:2 are of two IP versions");
    }

    private static Arguments fault(FramingFault fault, int offset, int length, Ipv6Packet packet) {
        return Arguments.of(fault, new ByteRange(offset, length), ethernet(packet));
    }

    private static Bytes ethernet(Ipv6Packet packet) {
        return EthernetFrame.ipv6("02:00:00:00:00:0a", "02:00:00:00:00:0b", packet.bytes())
                .bytes();
    }

    private static Bytes ethernet(Ipv4Packet packet) {
        return SamplePackets.frame(packet.bytes());
    }

    private FramingReport judge(FramingExpectation expectation, Bytes... packets) throws IOException {
        Path file = folder.resolve("bulk.pcap");
        try (PcapWriter writer = PcapWriter.create(file, LinkType.ETHERNET)) {
            for (Bytes packet : packets) {
                writer.write(new CapturedPacket(0, 0, packet, packet.length(), LinkType.ETHERNET));
            }
        }
        return BulkFraming.judge(file, expectation);
    }
}
