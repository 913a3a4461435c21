package dev.culvert.harness.pcap4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Erspan3Header;
import dev.culvert.harness.packet.ErspanHeader;
import dev.culvert.harness.packet.ErspanPacket;
import dev.culvert.harness.packet.GeneveOption;
import dev.culvert.harness.packet.GenevePacket;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.harness.packet.GrePacket;
import dev.culvert.harness.packet.GuePacket;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.Ipv6Samples;
import dev.culvert.harness.packet.MplsEntry;
import dev.culvert.harness.packet.MplsStack;
import dev.culvert.harness.packet.SamplePackets;
import dev.culvert.harness.packet.UdpDatagram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV4EchoPacket;
import org.pcap4j.packet.IcmpV6EchoRequestPacket;
import org.pcap4j.packet.IllegalPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.Packet;

/** What a user of Pcap4J gets who asks it for an Ethernet frame. */
class Pcap4jDissectionTest {

    private static final Bytes IPV4 = SamplePackets.echo().bytes();
    private static final Bytes FRAME = SamplePackets.frame(IPV4);

    @Test
    void goesOnIntoGre() throws IllegalRawDataException {
        Packet packet = dissect(GrePacket.over(0x0800, IPV4).withKey(Optional.of(7)));

        GreHeader gre = packet.get(GrePcapPacket.class).view();
        assertThat(gre.key().map(key -> key.of(gre))).contains(7L);
        assertThat(names(packet))
                .containsExactly(
                        "EthernetPacket",
                        "IpV4Packet",
                        "GrePcapPacket",
                        "IpV4Packet",
                        "IcmpV4CommonPacket",
                        "IcmpV4EchoPacket",
                        "UnknownPacket");
    }

    @Test
    void goesOnIntoIpWithinIp() throws IllegalRawDataException {
        assertThat(names(dissect(SamplePackets.ipip())))
                .filteredOn("IpV4Packet"::equals)
                .hasSize(3);
        assertThat(dissect(Ipv6Samples.limited()).contains(IcmpV6EchoRequestPacket.class))
                .isTrue();
    }

    @Test
    void goesOnIntoMirroredFramesOfEveryType() throws IllegalRawDataException {
        Packet one = dissect(ErspanPacket.typeI(FRAME).inGre(1));
        Packet two = dissect(ErspanPacket.typeII(5, 6, FRAME).inGre(1));
        Packet three = dissect(
                ErspanPacket.typeIII(5, FRAME).with(Erspan3Header.HW_ID, 9).inGre(1));

        assertThat(one.contains(ErspanPcapPacket.class)).isFalse();
        assertThat(List.of(one, two, three))
                .allSatisfy(packet -> assertThat(names(packet))
                        .filteredOn("EthernetPacket"::equals)
                        .hasSize(2));
        assertThat(two.get(ErspanPcapPacket.class).view().sessionId()).isEqualTo(5);
        ErspanHeader header = three.get(ErspanPcapPacket.class).view();
        assertThat(header).isInstanceOf(Erspan3Header.class);
        assertThat(Erspan3Header.HW_ID.of(header)).isEqualTo(9);
    }

    @Test
    void goesOnIntoGeneveAndShowsItsOptions() throws IllegalRawDataException {
        GenevePacket geneve = GenevePacket.over(0xabcdef, FRAME).withOptions(Bytes.parse("0102 83 01 01020304"));

        Packet packet = dissect(new UdpDatagram(40000, 6081, geneve.bytes()));

        GenevePcapPacket found = packet.get(GenevePcapPacket.class);
        assertThat(found.view().vni()).isEqualTo(0xabcdef);
        assertThat(found.headers()).hasSize(2);
        assertThat(((GeneveOption) found.headers().get(1)).data()).isEqualTo(Bytes.parse("01020304"));
        assertThat(packet.contains(IcmpV4EchoPacket.class)).isTrue();
    }

    @Test
    void goesOnIntoGueAlsoWhereItHasNoHeader() throws IllegalRawDataException {
        Packet withHeader =
                dissect(new UdpDatagram(40000, 6080, GuePacket.over(4, IPV4).bytes()));
        Packet without = dissect(new UdpDatagram(40000, 6080, IPV4));

        assertThat(withHeader.get(GuePcapPacket.class).view().proto()).isEqualTo(4);
        assertThat(withHeader.contains(IcmpV4EchoPacket.class)).isTrue();
        assertThat(without.contains(GuePcapPacket.class)).isFalse();
        assertThat(without.contains(IcmpV4EchoPacket.class)).isTrue();
    }

    @Test
    void goesOnIntoALabelStack() throws IllegalRawDataException {
        Bytes stack = MplsStack.over(IPV4, 16, 17).bytes();

        for (IpPayload payload :
                List.of(IpPayload.of(137, stack), GrePacket.over(0x8847, stack), new UdpDatagram(50000, 6635, stack))) {
            List<Integer> labels = new ArrayList<>();
            dissect(payload).forEach(packet -> {
                if (packet instanceof MplsPcapPacket entry) {
                    labels.add((int) MplsEntry.LABEL.of(entry.view()));
                }
            });

            assertThat(labels).containsExactly(16, 17);
        }
    }

    @Test
    void makesALieAnIllegalPacket() throws IllegalRawDataException {
        Packet packet = dissect(IpPayload.of(47, Bytes.parse("2000 0800"))); // K, but no key

        assertThat(packet.contains(GrePcapPacket.class)).isFalse();
        assertThat(packet.contains(IllegalPacket.class)).isTrue();
    }

    @Test
    void takesEverySampleAndGivesItsBytesBack() throws IllegalRawDataException {
        for (Bytes frame : SamplePackets.all()) {
            byte[] bytes = frame.toArray();

            Packet packet = EthernetPacket.newPacket(bytes, 0, bytes.length);

            assertThat(packet.getRawData()).isEqualTo(bytes);
            assertThat(packet.toString()).isNotEmpty();
        }
    }

    private static Packet dissect(IpPayload payload) throws IllegalRawDataException {
        byte[] frame = SamplePackets.frame(Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                        .payload(payload)
                        .bytes())
                .toArray();
        return EthernetPacket.newPacket(frame, 0, frame.length);
    }

    private static List<String> names(Packet packet) {
        List<String> names = new ArrayList<>();
        packet.forEach(layer -> names.add(layer.getClass().getSimpleName()));
        assertThat(packet.get(IpV4Packet.class)).isNotNull();
        return names;
    }
}
