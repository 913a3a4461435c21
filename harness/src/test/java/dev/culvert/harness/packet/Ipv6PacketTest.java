package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class Ipv6PacketTest {

    private static final Ipv6Packet PLAIN = Ipv6Packet.between(Ipv6Samples.A, Ipv6Samples.B);

    @Test
    void composesTheBytesOfAnEchoRequestBehindAnEncapsulationLimit() {
        Bytes packet = PLAIN.trafficClass(0xb8)
                .flowLabel(0x12345)
                .hopLimit(9)
                .extension(Ipv6Extension.encapsulationLimit(4))
                .payload(Icmpv6Message.echoRequest(0x4242, 7, 4))
                .bytes();

        assertThat(packet)
                .isEqualTo(Bytes.parse(
                        "6b812345 0014 3c 09" // class, label, 20 bytes behind, options follow, hop limit
                                + "20010db8000100000000000000000001 20010db8000100000000000000000002"
                                + "3a 00 04 01 04 01 01 00" // ICMPv6 follows, 8 bytes, limit 4, PadN of one byte
                                // echo request; checksum over the pseudo header too (RFC 8200 section 8.1)
                                // 2*(0x2001+0x0db8+0x0001)+1+2+12+0x3a
                                + "80 00 dff4 4242 0007 00010203"));
    }

    @Test
    void leavesThePacketThatItWasMadeFrom() {
        Bytes before = PLAIN.bytes();

        PLAIN.hopLimit(1).extension(Ipv6Extension.encapsulationLimit(1)).lie(Ipv6Header.PAYLOAD_LENGTH, 9999);

        assertThat(PLAIN.bytes()).isEqualTo(before);
    }

    @Test
    void liesAboutAFieldAfterAllElseIsSet() {
        assertThat(PLAIN.lie(Ipv6Header.PAYLOAD_LENGTH, 9999)
                        .hopLimit(3)
                        .bytes()
                        .u16(4))
                .isEqualTo(9999);
    }

    @Test
    void cutsFragmentsThatAddUpToThePacket() {
        Ipv6Packet whole = PLAIN.extension(Ipv6Extension.hopByHop(5, 2, 0, 0, 1, 0))
                .extension(Ipv6Extension.encapsulationLimit(4))
                .payload(Icmpv6Message.echoRequest(1, 1, 3000));

        List<Dissection> fragments = whole.fragments(1280, 7).stream()
                .map(fragment -> Dissector.dissect(fragment.bytes(), LinkType.RAW))
                .toList();

        // 1280 - 40 - 8 of hop-by-hop options - 8 of fragment header = 1224, a multiple of 8
        assertThat(fragments)
                .extracting(fragment -> fragment.outerIp().orElseThrow().totalLength())
                .containsExactly(1280, 1280, 624);
        assertThat(fragments)
                .extracting(fragment -> fragment.first(Ipv6FragmentHeader.class).orElseThrow())
                .extracting(Ipv6FragmentHeader::fragmentOffset)
                .containsExactly(0, 1224, 2448);
        assertThat(fragments)
                .allMatch(fragment -> fragment.first(HopByHopOptions.class).isPresent());
        assertThat(Bytes.join(fragments.stream()
                        .map(fragment -> fragment.first(Ipv6FragmentHeader.class)
                                .orElseThrow()
                                .payload())
                        .toArray(Bytes[]::new)))
                .isEqualTo(whole.bytes().from(48));
    }

    @Test
    void leavesAPacketThatFitsWhole() {
        assertThat(PLAIN.fragments(1280, 7)).containsExactly(PLAIN);
    }

    @Test
    void refusesAnExtensionHeaderOfNoWholeUnits() {
        assertThatThrownBy(() -> Ipv6Extension.destinationOptions(4, 1, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an extension header of 5 bytes: expected a multiple of 8");
    }

    @Test
    void refusesAFlowLabelWiderThan20Bits() {
        assertThatThrownBy(() -> PLAIN.flowLabel(0x100000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1048576 does not fit into the 20 bits of flow label");
    }

    @Test
    void refusesMoreThanALengthFieldHolds() {
        Ipv6Packet tooMuch = PLAIN.payload(IpPayload.of(17, Bytes.of(new byte[65_536])));

        assertThatThrownBy(tooMuch::bytes)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("65536 bytes behind an IPv6 header: its length field holds at most 65535");
    }
}
