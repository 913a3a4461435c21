package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PptpDissectionTest {

    @Test
    void recognisesVersionOneWithItsNumbers() {
        // K, S, A, version 1, PPP; 8 bytes of payload, call 0x1234; sequence number 5; acknowledgment number 9
        Dissection dissection = dissect("3081 880b 0008 1234 00000005 00000009 ff03c02101010004");

        GreHeader gre = dissection.gre().orElseThrow();
        assertThat(gre.isPptp()).isTrue();
        assertThat(gre.length()).isEqualTo(16);
        assertThat(GreHeader.PAYLOAD_LENGTH.of(gre)).isEqualTo(8);
        assertThat(GreHeader.CALL_ID.of(gre)).isEqualTo(0x1234);
        assertThat(gre.key()).isEmpty();
        assertThat(gre.sequenceNumber().orElseThrow().of(gre)).isEqualTo(5);
        assertThat(gre.acknowledgmentNumber().orElseThrow().of(gre)).isEqualTo(9);
        assertThat(dissection.payload().map(Payload::length)).contains(8);
    }

    @Test
    void findsTheAcknowledgmentWhereNoSequenceNumberIs() {
        GreHeader gre = dissect("2081 880b 0000 1234 00000009").gre().orElseThrow();

        assertThat(gre.sequenceNumber()).isEmpty();
        assertThat(gre.acknowledgmentNumber().map(field -> field.in(gre))).contains(new ByteRange(28, 4));
    }

    @Test
    void namesAPayloadLengthThatIsMoreThanThePacket() {
        assertThat(dissect("2001 880b 0009 1234 ff03c02101010004").malformed())
                .contains(new Malformed(24, 12, "payload length 9, but only 8 bytes are there"));
    }

    @Test
    void leavesTheAcknowledgmentBitOfVersionZeroAlone() {
        GreHeader gre = dissect("0080 0800").gre().orElseThrow();

        assertThat(gre.acknowledgmentNumber()).isEmpty();
        assertThat(gre.fields()).doesNotContain(GreHeader.ACKNOWLEDGMENT_PRESENT);
    }

    private static Dissection dissect(String gre) {
        return Dissector.dissect(
                Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                        .payload(IpPayload.of(47, Bytes.parse(gre)))
                        .bytes(),
                LinkType.RAW);
    }
}
