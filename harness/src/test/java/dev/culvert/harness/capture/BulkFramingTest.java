package dev.culvert.harness.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.harness.capture.FramingExpectation.DontFragment;
import dev.culvert.harness.packet.ByteRange;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetFrame;
import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.harness.packet.MplsStack;
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

class BulkFramingTest {

    private static final FramingExpectation IPIP =
            FramingExpectation.ipip(SamplePackets.A, SamplePackets.B, DontFragment.SET);

    private static final Ipv4Packet GOOD = SamplePackets.ipip();
    private static final Ipv4Packet REPLY = Ipv4Packet.between(SamplePackets.B, SamplePackets.A)
            .dontFragment()
            .payload(Ipv4Packet.between(SamplePackets.INNER_B, SamplePackets.INNER_A)
                    .payload(IcmpMessage.echoReply(1, 1, 56)));

    @TempDir
    private Path folder;

    @Test
    void findsNothingWrongInBothDirectionsOfATunnel() throws IOException {
        FramingReport report = judge(IPIP, ethernet(GOOD), ethernet(REPLY), ethernet(GOOD.payload(options())));

        assertThat(report.offenders()).isEmpty();
        assertThat(report.tunnelPackets()).isEqualTo(3);
        assertThat(report.tunnelBytes()).isEqualTo(104 + 104 + 108);
    }

    @Test
    void countsOtherTrafficApart() throws IOException {
        Bytes arp = new EthernetFrame("02:00:00:00:00:0a", "ff:ff:ff:ff:ff:ff", 0x0806, Bytes.of(new byte[28])).bytes();

        FramingReport report = judge(IPIP, ethernet(GOOD), arp, ethernet(SamplePackets.echo()));

        assertThat(report.packets()).isEqualTo(3);
        assertThat(report.tunnelPackets()).isEqualTo(1);
        assertThat(report.otherPackets()).isEqualTo(2);
        assertThat(report.faults()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesTheFaultAndTheBytesThatShowIt(FramingFault fault, ByteRange bytes, Bytes packet) throws IOException {
        FramingReport report = judge(IPIP, ethernet(GOOD), packet);

        assertThat(report.faults()).isEqualTo(Map.of(fault, 1L));
        assertThat(report.offenders()).singleElement().satisfies(offender -> {
            assertThat(offender.bytes()).isEqualTo(bytes);
            assertThat(offender.packet().bytes()).isEqualTo(packet);
            // 24 bytes of file header, two record headers of 16 and the good packet before.
            assertThat(offender.fileOffset()).isEqualTo(24 + 16 + 14 + 104 + 16);
        });
    }

    static Stream<Arguments> faults() {
        Ipv4Packet inner = SamplePackets.echo();
        return Stream.of(
                fault(FramingFault.OUTER_VERSION_IHL, 14, 1, GOOD.options(0x94, 0x04, 0x00, 0x00)),
                fault(FramingFault.OUTER_CHECKSUM, 24, 2, GOOD.lie(Ipv4Header.HEADER_CHECKSUM, 0x1234)),
                fault(FramingFault.LENGTH_ON_LINK, 16, 2, GOOD.lie(Ipv4Header.TOTAL_LENGTH, 103)),
                fault(
                        FramingFault.ENDPOINTS,
                        26,
                        8,
                        Ipv4Packet.between(SamplePackets.A, SamplePackets.INNER_B)
                                .dontFragment()
                                .payload(inner)),
                fault(FramingFault.OUTER_FRAGMENT, 20, 2, GOOD.moreFragments()),
                fault(FramingFault.OUTER_FRAGMENT, 20, 2, GOOD.fragmentOffset(1480)),
                fault(FramingFault.LENGTHS, 16, 2, GOOD.payload(inner.lie(Ipv4Header.TOTAL_LENGTH, 83))),
                fault(FramingFault.LENGTHS, 16, 2, GOOD.payload(IpPayload.of(4, Bytes.of((byte) 0x45)))),
                fault(FramingFault.INNER_VERSION, 34, 1, GOOD.payload(inner.lie(Ipv4Header.VERSION, 6))),
                fault(FramingFault.INNER_VERSION, 34, 1, GOOD.payload(inner.lie(Ipv4Header.IHL, 4))),
                fault(FramingFault.INNER_CHECKSUM, 44, 2, GOOD.payload(inner.lie(Ipv4Header.HEADER_CHECKSUM, 0))),
                fault(FramingFault.INNER_CHECKSUM, 44, 2, GOOD.payload(options().lie(Ipv4Header.HEADER_CHECKSUM, 0))),
                fault(FramingFault.OUTER_DF, 20, 2, GOOD.lie(Ipv4Header.DF, 0)));
    }

    @Test
    void asksForDfOnlyWhereTheInnerPacketHasIt() throws IOException {
        FramingExpectation copied =
                FramingExpectation.ipip(SamplePackets.A, SamplePackets.B, DontFragment.SET_WHERE_INNER_IS);
        Ipv4Packet outer = GOOD.lie(Ipv4Header.DF, 0);

        FramingReport report = judge(
                copied,
                ethernet(outer),
                ethernet(outer.payload(SamplePackets.echo().dontFragment())));

        assertThat(report.tunnelPackets()).isEqualTo(2);
        assertThat(report.offenders())
                .singleElement()
                .satisfies(o -> assertThat(o.packet().index()).isEqualTo(1));
    }

    @Test
    void asksForNoDfWhereItIsNeverSet() throws IOException {
        FramingExpectation never = FramingExpectation.ipip(SamplePackets.A, SamplePackets.B, DontFragment.CLEAR);
        Ipv4Packet clear = GOOD.lie(Ipv4Header.DF, 0);

        FramingReport report =
                judge(never, ethernet(clear.payload(SamplePackets.echo().dontFragment())), ethernet(GOOD));

        assertThat(report.offenders())
                .singleElement()
                .satisfies(o -> assertThat(o.packet().index()).isEqualTo(1));
    }

    @Test
    void looksBehindALabelStack() throws IOException {
        FramingExpectation mpls = FramingExpectation.mpls(SamplePackets.A, SamplePackets.B, 2, DontFragment.ANY);
        Ipv4Packet outer = Ipv4Packet.between(SamplePackets.A, SamplePackets.B);

        FramingReport report = judge(
                mpls,
                ethernet(outer.payload(MplsStack.over(SamplePackets.echo().bytes(), 100, 200))),
                ethernet(outer.payload(MplsStack.over(SamplePackets.echo().bytes(), 100))));

        assertThat(report.faults()).isEqualTo(Map.of(FramingFault.INNER_VERSION, 1L));
    }

    @Test
    void saysWhenTheCaptureKeptTooLittle() throws IOException {
        Path file = folder.resolve("short.pcap");
        Bytes packet = ethernet(GOOD);
        try (PcapWriter writer = PcapWriter.create(file, LinkType.ETHERNET)) {
            writer.write(new CapturedPacket(0, 0, packet.slice(0, 54), packet.length(), LinkType.ETHERNET));
            writer.write(new CapturedPacket(1, 0, packet.slice(0, 53), packet.length(), LinkType.ETHERNET));
        }

        FramingReport report = BulkFraming.judge(file, IPIP);

        assertThat(report.faults()).isEqualTo(Map.of(FramingFault.KEPT_TOO_LITTLE, 1L));
    }

    @Test
    void acceptsTheLengthOfAPaddedFrame() throws IOException {
        Ipv4Packet small = GOOD.payload(Ipv4Packet.between(SamplePackets.INNER_A, SamplePackets.INNER_B));
        Bytes padded = Bytes.join(ethernet(small), Bytes.of(new byte[6]));

        FramingReport report = judge(IPIP, padded);

        assertThat(padded.length()).isEqualTo(60);
        assertThat(report.tunnelPackets()).isEqualTo(1);
        assertThat(report.faults()).isEmpty();
    }

    @Test
    void keepsTheFirstOffendersAndCountsAll() throws IOException {
        Bytes[] wrong = Stream.generate(() -> ethernet(GOOD.lie(Ipv4Header.DF, 0)))
                .limit(50)
                .toArray(Bytes[]::new);

        FramingReport report = judge(IPIP, wrong);

        assertThat(report.offenderCount()).isEqualTo(50);
        assertThat(report.offenders()).hasSize(20);
    }

    @Test
    void refusesALinkTypeThatItCannotRead() throws IOException {
        Path file = folder.resolve("wifi.pcap");
        PcapWriter.create(file, new LinkType(105)).close();

        assertThatThrownBy(() -> BulkFraming.judge(file, IPIP))
                .isInstanceOf(PcapException.class)
                .hasMessageContaining("link type 105");
    }

    private static Ipv4Packet options() {
        return SamplePackets.echo().options(0x94, 0x04, 0x00, 0x00); // router alert
    }

    private static Arguments fault(FramingFault fault, int offset, int length, Ipv4Packet packet) {
        return Arguments.of(fault, new ByteRange(offset, length), ethernet(packet));
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
