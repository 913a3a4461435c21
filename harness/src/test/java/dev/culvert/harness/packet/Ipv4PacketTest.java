package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class Ipv4PacketTest {

    private static final Ipv4Packet PLAIN = Ipv4Packet.between(SamplePackets.A, SamplePackets.B);

    @Test
    void composesTheBytesOfAnEchoRequest() {
        Bytes packet = PLAIN.tos(0xb8)
                .id(0x1234)
                .dontFragment()
                .ttl(9)
                .payload(IcmpMessage.echoRequest(0x4242, 7, 4))
                .bytes();

        assertThat(packet)
                .isEqualTo(Bytes.parse(
                        "45 b8 0020 1234 4000 09 01 0a87" // ihl 5, tos, 32 bytes, id, df, ttl, ICMP
                                + " c6336401 c6336402" // 198.51.100.1 to 198.51.100.2
                                + " 08 00 b3b2 4242 0007 00010203")); // echo request, identifier, sequence number, data
    }

    @Test
    void leavesThePacketThatItWasMadeFrom() {
        Bytes before = PLAIN.bytes();

        PLAIN.ttl(1).lie(Ipv4Header.TOTAL_LENGTH, 9999);

        assertThat(PLAIN.bytes()).isEqualTo(before);
    }

    @Test
    void makesTheChecksumRightAroundALie() {
        Bytes packet = PLAIN.payload(SamplePackets.echo())
                .lie(Ipv4Header.TOTAL_LENGTH, 9999)
                .lie(Ipv4Header.RESERVED, 1)
                .bytes();

        assertThat(packet.u16(2)).isEqualTo(9999);
        assertThat(packet.u16(6)).isEqualTo(0x8000);
        assertThat(new InternetChecksum().add(packet.slice(0, 20)).value()).isZero();
    }

    @Test
    void leavesAWrongChecksumWrong() {
        Bytes packet = PLAIN.lie(Ipv4Header.HEADER_CHECKSUM, 0xdead).ttl(3).bytes();

        assertThat(packet.u16(10)).isEqualTo(0xdead);
    }

    @Test
    void cutsFragmentsThatAddUpToThePacket() {
        Ipv4Packet whole = PLAIN.id(7).payload(IcmpMessage.echoRequest(1, 1, 3000));

        List<Ipv4Header> fragments = whole.fragments(1480).stream()
                .map(fragment -> Dissector.dissect(fragment.bytes(), LinkType.RAW)
                        .outerIpv4()
                        .orElseThrow())
                .toList();

        assertThat(fragments).extracting(Ipv4Header::totalLength).containsExactly(1476, 1476, 116);
        assertThat(fragments).extracting(Ipv4Header::fragmentOffset).containsExactly(0, 1456, 2912);
        assertThat(fragments).extracting(Ipv4Header::moreFragments).containsExactly(true, true, false);
        assertThat(fragments).allMatch(fragment -> fragment.identification() == 7 && fragment.checksumValid());
        assertThat(Bytes.join(fragments.stream().map(Header::payload).toArray(Bytes[]::new)))
                .isEqualTo(whole.bytes().from(20));
    }

    @Test
    void leavesAPacketThatFitsWhole() {
        assertThat(PLAIN.fragments(1500)).containsExactly(PLAIN);
    }

    @Test
    void refusesOptionsThatNoHeaderHolds() {
        assertThatThrownBy(() -> PLAIN.options(1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 option bytes: expected a multiple of 4 up to 40");
    }

    @Test
    void refusesAValueThatItsFieldCannotHold() {
        assertThatThrownBy(() -> PLAIN.lie(Ipv4Header.TTL, 256).bytes())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("256 does not fit into the 8 bits of ttl");
    }

    @Test
    void changesAFieldOfACapturedHeaderInPlace() {
        Dissection captured =
                Dissector.dissect(SamplePackets.frame(SamplePackets.ipip().bytes()), LinkType.ETHERNET);
        Ipv4Header inner = captured.innerIpv4().orElseThrow();

        Dissection damaged = Dissector.dissect(inner.with(Ipv4Header.TTL, 8), LinkType.ETHERNET);

        assertThat(damaged.innerIpv4().map(Ipv4Header::ttl)).contains(8);
        assertThat(damaged.innerIpv4().map(Ipv4Header::checksumValid)).contains(true);
        assertThat(damaged.outerIpv4().map(Ipv4Header::bytes))
                .isEqualTo(captured.outerIpv4().map(Ipv4Header::bytes));
    }
}
