package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErspanDissectionTest {

    private static final Bytes FRAME = SamplePackets.frame(SamplePackets.echo().bytes());

    @Test
    void readsTypeOneAsAFrameRightBehindGre() {
        Dissection dissection = dissect(Bytes.join(Bytes.parse("0000 88be"), FRAME));

        assertThat(dissection.erspan()).isEmpty();
        assertThat(dissection.first(EthernetHeader.class).map(Header::offset)).contains(24);
        assertThat(dissection.innerIpv4().map(Ipv4Header::ttl)).contains(9);
    }

    @Test
    void readsEveryFieldOfTypeTwo() {
        // S, sequence number 7; version 1, VLAN 123, cos 5, en 3, t 0, session 0x155; index 0x12345
        Dissection dissection = dissect(Bytes.join(Bytes.parse("1000 88be 00000007 107b b955 0001 2345"), FRAME));

        Erspan2Header header = (Erspan2Header) dissection.erspan().orElseThrow();
        assertThat(header.version()).isEqualTo(1);
        assertThat(header.vlan()).isEqualTo(123);
        assertThat(header.cos()).isEqualTo(5);
        assertThat(header.en()).isEqualTo(3);
        assertThat(header.truncated()).isFalse();
        assertThat(header.sessionId()).isEqualTo(0x155);
        assertThat(header.index()).isEqualTo(0x12345);
        assertThat(dissection.innerIpv4().map(Ipv4Header::ttl)).contains(9);
    }

    @Test
    void readsEveryFieldOfTypeThree() {
        // version 2, bso 1, session 1; timestamp; sgt 0; p, ft 0, hw id 0x2a, egress, gra 0, o 0
        Dissection dissection =
                dissect(Bytes.join(Bytes.parse("1000 22eb 00000007 2000 0801 fedcba98 0000 82a8"), FRAME));

        Erspan3Header header = (Erspan3Header) dissection.erspan().orElseThrow();
        assertThat(header.version()).isEqualTo(2);
        assertThat(header.bso()).isEqualTo(1);
        assertThat(header.sessionId()).isEqualTo(1);
        assertThat(header.timestamp()).isEqualTo(0xfedcba98L);
        assertThat(header.hwId()).isEqualTo(0x2a);
        assertThat(header.egress()).isTrue();
        assertThat(dissection.innerIpv4().map(Header::offset)).contains(20 + 8 + 12 + 14);
    }

    @Test
    void passesOverThePlatformSpecificSubheader() {
        Bytes gre = ErspanPacket.typeIII(1, FRAME).withPlatform(3, 5).inGre(0).bytes();

        Dissection dissection = dissect(gre);

        assertThat(gre.slice(16, 12)).isEqualTo(Bytes.parse("0000 8001 0c000000 00000005"));
        assertThat(dissection.innerIpv4().map(Header::offset)).contains(20 + 8 + 20 + 14);
    }

    @Test
    void takesAFrameThatWasCutForNoLie() {
        ErspanPacket cut = ErspanPacket.typeII(1, 2, FRAME.slice(0, 60));

        Dissection told = dissect(cut.with(ErspanHeader.TRUNCATED, 1).inGre(0).bytes());
        Dissection hidden = dissect(cut.inGre(0).bytes());

        assertThat(told.malformed()).isEmpty();
        assertThat(told.innerIpv4().map(Ipv4Header::totalLength)).contains(84);
        assertThat(hidden.malformed().map(Malformed::offset)).contains(20 + 8 + 8 + 14 + 2);
    }

    @Test
    void followsTheVersionAndNotTheProtocolType() {
        GrePacket gre = ErspanPacket.typeII(1, 2, FRAME).inGre(0).withProtocolType(0x22eb);

        assertThat(dissect(gre.bytes()).erspan()).containsInstanceOf(Erspan2Header.class);
    }

    @Test
    void namesAVersionThatNoTypeHas() {
        ErspanPacket unknown = ErspanPacket.typeII(1, 2, FRAME).with(ErspanHeader.VERSION, 7);

        assertThat(dissect(unknown.inGre(0).bytes()).malformed())
                .contains(new Malformed(28, 8 + 98, "ERSPAN version 7 is neither 1 (type II) nor 2 (type III)"));
    }

    @Test
    void namesAHeaderThatIsCutShort() {
        Bytes header = ErspanPacket.typeIII(1, FRAME).header();

        assertThat(dissect(Bytes.join(Bytes.parse("1000 22eb 00000007"), header.slice(0, 11)))
                        .malformed()
                        .map(Malformed::why))
                .contains("ERSPAN type III header takes 12 bytes, but only 11 are left");
    }

    @Test
    void composesTypeOneWithoutASequenceNumber() {
        assertThat(ErspanPacket.typeI(FRAME).inGre(7))
                .isEqualTo(GrePacket.over(0x88be, FRAME).withSequence(Optional.empty()));
    }

    private static Dissection dissect(Bytes gre) {
        return Dissector.dissect(
                Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                        .payload(IpPayload.of(47, gre))
                        .bytes(),
                LinkType.RAW);
    }
}
