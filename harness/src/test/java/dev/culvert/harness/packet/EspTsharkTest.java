package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.capture.PcapFile;
import dev.culvert.harness.capture.PcapWriter;
import dev.culvert.topologies.Esp;
import dev.culvert.topologies.EspAssociation;
import dev.culvert.topologies.EspSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what is opened with keys against what tshark opens with the same: every field, and that the check value is right. */
class EspTsharkTest {

    static Stream<Esp> suites() {
        return Stream.of(EspSamples.GCM, EspSamples.CBC);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void opensWhatTsharkOpens(Esp esp, @TempDir Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("esp.pcap");
        try (PcapWriter writer = PcapWriter.create(file, LinkType.IPV4)) {
            for (Ipv4Packet packet : EspSamples.packets(esp)) {
                Bytes bytes = packet.bytes();
                writer.write(new CapturedPacket(0, 0, bytes, bytes.length(), LinkType.IPV4));
            }
        }
        PacketContext context = new PacketContext(new UdpPorts(Map.of(4500, Next.ESP_IN_UDP)), EspKeys.of(esp));
        List<Dissection> ours = PcapFile.readAll(file).stream()
                .map(packet -> packet.within(context).dissect())
                .toList();

        Map<String, List<String>> tshark = Tshark.fields(
                file,
                List.of(
                        "esp.spi",
                        "esp.sequence",
                        "esp.iv",
                        "esp.pad_len",
                        "esp.protocol",
                        "esp.icv",
                        "ip.src",
                        "esp.icv_good"),
                preferences(esp));

        assertThat(tshark.get("esp.icv_good")).hasSize(10).containsOnly("1");
        assertThat(header(ours, "spi")).isEqualTo(tshark.get("esp.spi"));
        assertThat(header(ours, "sequence number")).isEqualTo(tshark.get("esp.sequence"));
        assertThat(header(ours, "initialization vector")).isEqualTo(tshark.get("esp.iv"));
        assertThat(trailer(ours, "pad length")).isEqualTo(tshark.get("esp.pad_len"));
        assertThat(trailer(ours, "next header"))
                .isEqualTo(tshark.get("esp.protocol").stream()
                        .map(hex -> Integer.decode(hex).toString())
                        .toList());
        assertThat(trailer(ours, "integrity check value")).isEqualTo(tshark.get("esp.icv"));
        assertThat(ours.stream()
                        .map(packet -> packet.all(Ipv4Header.class)
                                .map(ip -> ip.source().getHostAddress())
                                .collect(Collectors.joining(",")))
                        .toList())
                .isEqualTo(tshark.get("ip.src"));
    }

    private static List<String> header(List<Dissection> packets, String field) {
        return packets.stream()
                .map(packet -> text(packet.first(EspHeader.class).orElseThrow(), field))
                .toList();
    }

    private static List<String> trailer(List<Dissection> packets, String field) {
        return packets.stream()
                .map(packet -> text(packet.first(EspTrailer.class).orElseThrow(), field))
                .toList();
    }

    private static String text(Header header, String name) {
        return header.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow()
                .text(header);
    }

    private static List<String> preferences(Esp esp) {
        List<String> preferences =
                new ArrayList<>(List.of("esp.enable_encryption_decode:TRUE", "esp.enable_authentication_check:TRUE"));
        for (EspAssociation association : List.of(esp.aToB(), esp.bToA())) {
            String algorithms = esp.suite() == EspSuite.AES_GCM
                    ? String.format("\"AES-GCM with 16 octet ICV [RFC4106]\",\"0x%s\",\"NULL\",\"\"", association.key())
                    : String.format(
                            "\"AES-CBC [RFC3602]\",\"0x%s\",\"HMAC-SHA-256-128 [RFC4868]\",\"0x%s\"",
                            association.key(), association.authenticationKey());
            // tshark 4.2 and later want the last two, whether numbers are extended and what their upper half is.
            preferences.add(String.format(
                    Locale.ROOT,
                    "uat:esp_sa:\"IPv4\",\"*\",\"*\",\"0x%08x\",%s,\"32-bit\",\"0\"",
                    association.spi(),
                    algorithms));
        }
        return preferences;
    }
}
