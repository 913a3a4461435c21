package dev.culvert.harness.pcap4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Erspan2Header;
import dev.culvert.harness.packet.ErspanHeader;
import dev.culvert.harness.packet.ErspanPacket;
import dev.culvert.harness.packet.GenevePacket;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.harness.packet.GrePacket;
import dev.culvert.harness.packet.GuePacket;
import dev.culvert.harness.packet.MplsEntry;
import dev.culvert.harness.packet.MplsStack;
import dev.culvert.harness.packet.SamplePackets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.UnknownPacket;

class HeaderPacketTest {

    private static final Bytes NOTHING = Bytes.of();
    private static final Bytes IPV4 = SamplePackets.echo().bytes();
    private static final Bytes FRAME = SamplePackets.frame(IPV4);
    private static final GrePacket GRE =
            GrePacket.over(0x0800, NOTHING).withKey(Optional.of(7)).withChecksum(true);
    private static final ErspanPacket ERSPAN = ErspanPacket.typeII(5, 6, NOTHING);
    private static final GenevePacket GENEVE =
            GenevePacket.over(7, NOTHING).withOptions(Bytes.parse("0102 83 01 01020304"));
    private static final GuePacket GUE = GuePacket.over(4, NOTHING);

    /** Dissects bytes of one kind. */
    private interface Dissector {
        Packet newPacket(byte[] rawData, int offset, int length) throws IllegalRawDataException;
    }

    private static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(
                        GrePcapPacket.builder(GRE), IPV4, GRE.withCarried(IPV4).bytes(), (Dissector)
                                GrePcapPacket::newPacket),
                Arguments.of(
                        ErspanPcapPacket.builder(ERSPAN),
                        FRAME,
                        ErspanPacket.typeII(5, 6, FRAME).bytes(),
                        (Dissector) ErspanPcapPacket::newPacket),
                Arguments.of(
                        GenevePcapPacket.builder(GENEVE),
                        FRAME,
                        GENEVE.withCarried(FRAME).bytes(),
                        (Dissector) GenevePcapPacket::newPacket),
                Arguments.of(
                        GuePcapPacket.builder(GUE),
                        IPV4,
                        GuePacket.over(4, IPV4).bytes(),
                        (Dissector) GuePcapPacket::newPacket),
                Arguments.of(
                        MplsPcapPacket.builder(16, 3, true, 9),
                        IPV4,
                        new MplsStack(List.of(16), 3, 9, IPV4).bytes(),
                        (Dissector) MplsPcapPacket::newPacket));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void buildsWhatTheComposerComposes(HeaderPacketBuilder builder, Bytes payload, Bytes whole, Dissector dissector) {
        Packet built = builder.payloadBuilder(new UnknownPacket.Builder().rawData(payload.toArray()))
                .build();

        assertThat(Bytes.of(built.getRawData())).isEqualTo(whole);
        assertThat(built.length()).isEqualTo(whole.length());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void buildsADissectedPacketAgain(HeaderPacketBuilder builder, Bytes payload, Bytes whole, Dissector dissector)
            throws IllegalRawDataException {
        Packet dissected = dissector.newPacket(whole.toArray(), 0, whole.length());

        Packet built = dissected.getBuilder().build();

        assertThat(built).isEqualTo(dissected);
        assertThat(Bytes.of(built.getRawData())).isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void dissectsFromAnOffset(HeaderPacketBuilder builder, Bytes payload, Bytes whole, Dissector dissector)
            throws IllegalRawDataException {
        byte[] within =
                Bytes.join(Bytes.parse("ffffff"), whole, Bytes.parse("ff")).toArray();

        Packet dissected = dissector.newPacket(within, 3, whole.length());

        assertThat(Bytes.of(dissected.getRawData())).isEqualTo(whole);
        assertThat(Bytes.of(dissected.getPayload().getRawData())).isEqualTo(payload);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesLiesInOneWayOnly(HeaderPacketBuilder builder, Bytes payload, Bytes whole, Dissector dissector) {
        Random random = new Random(1701);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            Bytes lying = whole.slice(0, random.nextInt(Math.min(whole.length(), 20)));
            for (int change = 0; change < 2 && lying.length() > 0; change++) {
                lying = lying.with(random.nextInt(lying.length()), random.nextInt(256));
            }
            try {
                assertThat(dissector
                                .newPacket(lying.toArray(), 0, lying.length())
                                .toString())
                        .isNotEmpty();
            } catch (IllegalRawDataException e) {
                assertThat(e).hasMessageMatching("(?s).+");
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 2000);
    }

    @Test
    void saysWhatLies() {
        byte[] keyless = Bytes.parse("2000 0800").toArray(); // K, but no key

        assertThatThrownBy(() -> GrePcapPacket.newPacket(keyless, 0, keyless.length))
                .isInstanceOf(IllegalRawDataException.class)
                .hasMessage("GRE header takes 8 bytes, but only 4 are left (at byte 0)");
    }

    @Test
    void changesSingleFieldsOfADissectedHeader() throws IllegalRawDataException {
        byte[] bytes = ErspanPacket.typeII(5, 6, FRAME).bytes().toArray();

        Packet changed = ErspanPcapPacket.newPacket(bytes, 0, bytes.length)
                .getBuilder()
                .with(ErspanHeader.SESSION_ID, 1023)
                .with(Erspan2Header.INDEX, 7)
                .build();

        ErspanHeader header = changed.get(ErspanPcapPacket.class).view();
        assertThat(header.sessionId()).isEqualTo(1023);
        assertThat(Erspan2Header.INDEX.of(header)).isEqualTo(7);
        assertThat(Bytes.of(changed.getPayload().getRawData())).isEqualTo(FRAME);
    }

    @Test
    void buildsALieButShowsNoHeaderThatIsNone() {
        Packet lie =
                ErspanPcapPacket.builder(ERSPAN).with(ErspanHeader.VERSION, 7).build();

        assertThat(lie.getRawData()[0]).isEqualTo((byte) 0x70);
        assertThatThrownBy(() -> lie.get(ErspanPcapPacket.class).view())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("these bytes are no header: 70 00 00 05 00 00 00 06");
    }

    @Test
    void stacksLabelsByNesting() {
        Packet stack = MplsPcapPacket.builder(16, 0, false, 64)
                .payloadBuilder(MplsPcapPacket.builder(17, 0, true, 64)
                        .payloadBuilder(new UnknownPacket.Builder().rawData(IPV4.toArray())))
                .build();

        assertThat(Bytes.of(stack.getRawData()))
                .isEqualTo(MplsStack.over(IPV4, 16, 17).bytes());
        assertThat(MplsEntry.BOTTOM.of(stack.get(MplsPcapPacket.class).view())).isZero();
    }

    @Test
    void printsTheFieldsOfItsHeader() throws IllegalRawDataException {
        byte[] bytes = Bytes.parse("2000 1234 00000007").toArray(); // K, a protocol type that nobody knows, key 7

        GreHeader view = GrePcapPacket.newPacket(bytes, 0, bytes.length).view();

        assertThat(GrePcapPacket.newPacket(bytes, 0, bytes.length).getHeader().toString())
                .contains("[GRE Header (8 bytes)]", "  protocol type: 0x1234", "  key: 0x00000007");
        assertThat(view.length()).isEqualTo(8);
    }

    @Test
    void survivesSerialization() throws IllegalRawDataException, IOException, ClassNotFoundException {
        byte[] bytes = GENEVE.withCarried(FRAME).bytes().toArray();
        Packet packet = GenevePcapPacket.newPacket(bytes, 0, bytes.length);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(written)) {
            out.writeObject(packet);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(written.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(packet);
        }
    }
}
