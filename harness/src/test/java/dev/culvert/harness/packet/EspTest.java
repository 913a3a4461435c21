package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Esp;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EspTest {

    private static final Ipv4Packet INNER = Ipv4Packet.between(SamplePackets.INNER_A, SamplePackets.INNER_B)
            .id(7)
            .payload(IcmpMessage.echoRequest(0x1234, 5, 56));

    static Stream<Esp> suites() {
        return Stream.of(EspSamples.GCM, EspSamples.CBC);
    }

    private static Bytes outer(Bytes esp) {
        return Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                .payload(IpPayload.of(EspSender.PROTOCOL, esp))
                .bytes();
    }

    private static Dissection dissect(Esp esp, Bytes packet) {
        return Dissector.dissect(packet, LinkType.IPV4, context(esp));
    }

    private static PacketContext context(Esp esp) {
        return new PacketContext(UdpPorts.REGISTERED, EspKeys.of(esp));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void opensWhatItSealed(Esp esp) {
        Dissection opened = dissect(esp, outer(EspSamples.sender(esp).protect(9, INNER)));

        EspHeader header = opened.first(EspHeader.class).orElseThrow();
        assertThat(header.spi()).isEqualTo(esp.aToB().spi());
        assertThat(header.sequenceNumber()).isEqualTo(9);
        assertThat(opened.innerIpv4().orElseThrow().withPayload()).isEqualTo(INNER.bytes());
        assertThat(opened.icmp().orElseThrow().sequence()).isEqualTo(5);
        EspTrailer trailer = opened.first(EspTrailer.class).orElseThrow();
        assertThat(trailer.nextHeader()).isEqualTo(4);
        assertThat(trailer.offset() + trailer.length())
                .isEqualTo(opened.packet().length());
        assertThat(opened.trailing()).isEqualTo(trailer.length());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void padsToTheBlocksOfTheCipherWithNumbers(Esp esp) {
        for (int data = 0; data < 20; data++) {
            Ipv4Packet inner = Ipv4Packet.between(SamplePackets.INNER_A, SamplePackets.INNER_B)
                    .payload(IcmpMessage.echoRequest(1, 1, data));
            Dissection opened = dissect(esp, outer(EspSamples.sender(esp).protect(1, inner)));

            EspTrailer trailer = opened.first(EspTrailer.class).orElseThrow();
            int[] numbers = IntStream.range(0, trailer.padLength())
                    .map(at -> trailer.padding().u8(at))
                    .toArray();
            assertThat(numbers)
                    .isEqualTo(IntStream.rangeClosed(1, trailer.padLength()).toArray());
            assertThat(opened.packet().length())
                    .isEqualTo(20 + 28 + data + esp.suite().overhead(28 + data));
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void leavesShutWhatIsNotProven(Esp esp) {
        Bytes sealed = EspSamples.sender(esp).protect(9, INNER);
        for (int at = EspHeader.LENGTH; at < sealed.length(); at++) {
            Dissection packet = dissect(esp, outer(sealed.with(at, sealed.u8(at) ^ 0x80)));

            assertThat(packet.first(EspTrailer.class)).isEmpty();
            assertThat(packet.innerIpv4()).isEmpty();
        }
    }

    @Test
    void leavesShutWhatNoKeyIsFor() {
        Dissection packet =
                dissect(EspSamples.CBC, outer(EspSamples.sender(EspSamples.GCM).protect(9, INNER)));

        assertThat(packet.first(EspHeader.class).orElseThrow().spi()).isEqualTo(4097);
        assertThat(packet.payload()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void leavesShutWhatIsCut(Esp esp) {
        Bytes whole = outer(EspSamples.sender(esp).protect(9, INNER));
        for (int length = 28; length < whole.length(); length++) {
            Dissection packet = Dissector.dissect(whole.slice(0, length), whole.length(), LinkType.IPV4, context(esp));

            assertThat(packet.first(EspTrailer.class)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void opensOneWithinAnother(Esp esp) {
        EspSender sender = EspSamples.sender(esp);
        Ipv4Packet within = Ipv4Packet.between(SamplePackets.INNER_A, SamplePackets.INNER_B)
                .payload(IpPayload.of(EspSender.PROTOCOL, sender.protect(1, INNER)));

        Dissection opened = dissect(esp, outer(sender.protect(2, within)));

        assertThat(opened.all(EspHeader.class).map(EspHeader::sequenceNumber)).containsExactly(2L, 1L);
        assertThat(opened.all(EspTrailer.class)).hasSize(2);
        assertThat(opened.ipv4(2).orElseThrow().withPayload()).isEqualTo(INNER.bytes());
    }

    // RFC 3948 section 2: a keep-alive is one byte 0xff, and key exchange has four zero bytes where ESP has its SPI
    @Test
    void tellsEspBehindUdpFromWhatSharesItsPort() {
        Bytes esp = EspSamples.sender(EspSamples.GCM).protect(9, INNER);

        assertThat(behindUdp(esp).first(EspHeader.class)).isPresent();
        assertThat(behindUdp(esp).icmp()).isPresent();
        assertThat(behindUdp(Bytes.of((byte) 0xff)).first(EspHeader.class)).isEmpty();
        assertThat(behindUdp(Bytes.join(Bytes.of(new byte[4]), esp)).first(EspHeader.class))
                .isEmpty();
    }

    private static Dissection behindUdp(Bytes data) {
        Bytes packet = Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                .payload(new UdpDatagram(4500, 4500, data))
                .bytes();
        return dissect(EspSamples.GCM, packet);
    }
}
