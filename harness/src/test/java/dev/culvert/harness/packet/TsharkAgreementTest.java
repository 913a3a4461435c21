package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.capture.PcapFile;
import dev.culvert.harness.capture.PcapWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every decoded field against what Wireshark's tshark says of the same capture. It needs tshark on the machine (Debian:
 * {@code apt-get install tshark}) and fails without.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TsharkAgreementTest {

    private List<CapturedPacket> packets = List.of();
    private Map<String, List<String>> tshark = Map.of();

    @BeforeAll
    void captureIsDissectedByTshark(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("samples.pcap");
        try (PcapWriter writer = PcapWriter.create(file, LinkType.ETHERNET)) {
            long nanos = 1_700_000_000_123_456_789L;
            for (Bytes frame : SamplePackets.knownToTshark()) {
                writer.write(new CapturedPacket(0, nanos++, frame, frame.length(), LinkType.ETHERNET));
            }
        }
        packets = PcapFile.readAll(file).stream()
                .map(packet -> packet.withPorts(SamplePackets.PORTS))
                .toList();
        List<String> names = new ArrayList<>(List.of("frame.time_epoch", "frame.len", "ip.checksum.status"));
        comparisons().forEach(comparison -> names.add(comparison.tshark()));
        tshark = Tshark.fields(file, names);
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void everyFieldIsWhatTsharkSays(Comparison comparison) {
        List<String> decoded = packets.stream().map(comparison::ours).toList();

        assertThat(decoded).as("a sample has it").anyMatch(values -> !values.isEmpty());
        assertThat(decoded).isEqualTo(tshark.get(comparison.tshark()));
    }

    @Test
    void everyFieldOfEveryHeaderIsCompared() {
        List<Field> compared = comparisons().stream()
                .map(comparison -> inHeader(comparison.header(), comparison.field()))
                .toList();

        List<Field> shown = packets.stream()
                .flatMap(packet -> packet.dissect().layers().stream())
                .filter(Header.class::isInstance)
                .map(Header.class::cast)
                .flatMap(header -> header.fields().stream().map(field -> inHeader(header.getClass(), field)))
                .distinct()
                .toList();

        assertThat(compared).hasSizeGreaterThan(40).containsAll(shown);
    }

    @Test
    void timesLengthsAndChecksumVerdictsAreWhatTsharkSays() {
        assertThat(packets.stream()
                        .map(p -> p.timestampNanos() / 1_000_000_000 + "." + p.timestampNanos() % 1_000_000_000))
                .containsExactlyElementsOf(tshark.get("frame.time_epoch"));
        assertThat(packets.stream().map(p -> "" + p.originalLength()))
                .containsExactlyElementsOf(tshark.get("frame.len"));
        assertThat(packets.stream().map(p -> ipv4Headers(p, ip -> ip.checksumValid() ? "1" : "0")))
                .containsExactlyElementsOf(tshark.get("ip.checksum.status"));
    }

    private static String ipv4Headers(CapturedPacket packet, Function<Ipv4Header, String> text) {
        return String.join(
                ",",
                packet.dissect().layers().stream()
                        .filter(Ipv4Header.class::isInstance)
                        .map(layer -> text.apply((Ipv4Header) layer))
                        .toList());
    }

    /** A field, wherever it lies where that depends on the header's flags. */
    private static Field inHeader(Class<? extends Header> header, Field field) {
        return header == GreHeader.class && field.firstBit() >= 32
                ? new Field(field.name(), 32, field.bits(), field.notation())
                : field;
    }

    /** One field beside its tshark name, and what makes our number tshark's. */
    private record Comparison(
            Class<? extends Header> header, Field field, String tshark, Function<Header, String> text) {

        String ours(CapturedPacket packet) {
            List<String> values = new ArrayList<>();
            for (Layer layer : packet.dissect().layers()) {
                if (header.isInstance(layer) && partOf(header.cast(layer))) {
                    String value = text.apply(header.cast(layer));
                    if (!value.isEmpty()) {
                        values.add(value);
                    }
                }
            }
            return String.join(",", values);
        }

        private boolean partOf(Header found) {
            return header == Ipv4Header.class
                    || found.fields().stream()
                            .map(f -> inHeader(found.getClass(), f))
                            .anyMatch(field::equals);
        }

        @Override
        public String toString() {
            return header.getSimpleName() + " " + field.name() + " = " + tshark;
        }
    }

    private static List<Comparison> comparisons() {
        return List.of(
                same(EthernetHeader.class, EthernetHeader.DESTINATION, "eth.dst"),
                same(EthernetHeader.class, EthernetHeader.SOURCE, "eth.src"),
                same(EthernetHeader.class, EthernetHeader.TYPE, "eth.type"),
                same(Header.class, Ipv4Header.VERSION, "ip.version"),
                scaled(Ipv4Header.class, Ipv4Header.IHL, "ip.hdr_len", 4),
                same(Ipv4Header.class, Ipv4Header.TOS, "ip.dsfield"),
                same(Ipv4Header.class, Ipv4Header.DSCP, "ip.dsfield.dscp"),
                same(Ipv4Header.class, Ipv4Header.ECN, "ip.dsfield.ecn"),
                same(Ipv4Header.class, Ipv4Header.TOTAL_LENGTH, "ip.len"),
                same(Ipv4Header.class, Ipv4Header.IDENTIFICATION, "ip.id"),
                same(Ipv4Header.class, Ipv4Header.RESERVED, "ip.flags.rb"),
                same(Ipv4Header.class, Ipv4Header.DF, "ip.flags.df"),
                same(Ipv4Header.class, Ipv4Header.MF, "ip.flags.mf"),
                same(Ipv4Header.class, Ipv4Header.FRAGMENT_OFFSET, "ip.frag_offset"),
                same(Ipv4Header.class, Ipv4Header.TTL, "ip.ttl"),
                same(Ipv4Header.class, Ipv4Header.PROTOCOL, "ip.proto"),
                same(Ipv4Header.class, Ipv4Header.HEADER_CHECKSUM, "ip.checksum"),
                same(Ipv4Header.class, Ipv4Header.SOURCE, "ip.src"),
                same(Ipv4Header.class, Ipv4Header.DESTINATION, "ip.dst"),
                same(Ipv6Header.class, Ipv6Header.VERSION, "ipv6.version"),
                written(Ipv6Header.class, Ipv6Header.TRAFFIC_CLASS, "ipv6.tclass", "0x%08x"),
                written(Ipv6Header.class, Ipv6Header.FLOW_LABEL, "ipv6.flow", "0x%06x"),
                same(Ipv6Header.class, Ipv6Header.PAYLOAD_LENGTH, "ipv6.plen"),
                same(Ipv6Header.class, Ipv6Header.NEXT_HEADER, "ipv6.nxt"),
                same(Ipv6Header.class, Ipv6Header.HOP_LIMIT, "ipv6.hlim"),
                same(Ipv6Header.class, Ipv6Header.SOURCE, "ipv6.src"),
                same(Ipv6Header.class, Ipv6Header.DESTINATION, "ipv6.dst"),
                same(MplsEntry.class, MplsEntry.LABEL, "mpls.label"),
                same(MplsEntry.class, MplsEntry.TC, "mpls.exp"),
                same(MplsEntry.class, MplsEntry.BOTTOM, "mpls.bottom"),
                same(MplsEntry.class, MplsEntry.TTL, "mpls.ttl"),
                same(GreHeader.class, GreHeader.FLAGS_AND_VERSION, "gre.flags_and_version"),
                same(GreHeader.class, GreHeader.CHECKSUM_PRESENT, "gre.flags.checksum"),
                same(GreHeader.class, GreHeader.ROUTING_PRESENT, "gre.flags.routing"),
                same(GreHeader.class, GreHeader.KEY_PRESENT, "gre.flags.key"),
                same(GreHeader.class, GreHeader.SEQUENCE_PRESENT, "gre.flags.sequence_number"),
                same(GreHeader.class, GreHeader.VERSION, "gre.flags.version"),
                same(GreHeader.class, GreHeader.PROTOCOL_TYPE, "gre.proto"),
                optional(Field.hex("gre checksum", 32, 16), "gre.checksum", GreHeader::checksum),
                optional(Field.decimal("reserved1", 32, 16), "gre.offset", GreHeader::reserved1),
                optional(Field.hex("key", 32, 32), "gre.key", GreHeader::key),
                optional(Field.decimal("sequence number", 32, 32), "gre.sequence_number", GreHeader::sequenceNumber),
                same(GeneveHeader.class, GeneveHeader.VERSION, "geneve.version"),
                length(
                        GeneveHeader.class,
                        GeneveHeader.OPTION_LENGTH,
                        "geneve.options",
                        geneve -> geneve.payload()
                                .slice(0, (int) GeneveHeader.OPTION_LENGTH.of(geneve) * 4)
                                .toString()),
                length(GeneveOption.class, GeneveOption.LENGTH_FIELD, "geneve.option.unknown.data", option -> {
                    Bytes data = ((GeneveOption) option).data();
                    return data.length() == 0 ? "<MISSING>" : data.toString(); // tshark's word for no bytes
                }),
                same(GeneveHeader.class, GeneveHeader.CONTROL, "geneve.flags.oam"),
                same(GeneveHeader.class, GeneveHeader.CRITICAL, "geneve.flags.critical"),
                scaled(GeneveHeader.class, GeneveHeader.RESERVED1, "geneve.flags.reserved", 1),
                same(GeneveHeader.class, GeneveHeader.PROTOCOL_TYPE, "geneve.proto_type"),
                written(GeneveHeader.class, GeneveHeader.VNI, "geneve.vni", "0x%06x"),
                same(GeneveHeader.class, GeneveHeader.RESERVED2, "geneve.reserved"),
                same(GeneveOption.class, GeneveOption.OPTION_CLASS, "geneve.option.class"),
                same(GeneveOption.class, GeneveOption.TYPE, "geneve.option.type"),
                same(GeneveOption.class, GeneveOption.CRITICAL, "geneve.option.type.critical"),
                written(GeneveOption.class, GeneveOption.RESERVED, "geneve.option.flags", "0x%02x"),
                same(IcmpHeader.class, IcmpHeader.TYPE, "icmp.type"),
                same(IcmpHeader.class, IcmpHeader.CODE, "icmp.code"),
                same(IcmpHeader.class, IcmpHeader.CHECKSUM, "icmp.checksum"),
                written(IcmpHeader.class, IcmpHeader.IDENTIFIER, "icmp.ident", "%d"),
                same(IcmpHeader.class, IcmpHeader.SEQUENCE, "icmp.seq"),
                same(IcmpHeader.class, IcmpHeader.NEXT_HOP_MTU, "icmp.mtu"),
                same(IcmpHeader.class, IcmpHeader.POINTER, "icmp.pointer"),
                same(IcmpHeader.class, IcmpHeader.GATEWAY, "icmp.redir_gw"),
                same(IgmpHeader.class, IgmpHeader.TYPE, "igmp.type"),
                same(IgmpHeader.class, IgmpHeader.MAX_RESPONSE, "igmp.max_resp"),
                same(IgmpHeader.class, IgmpHeader.CHECKSUM, "igmp.checksum"),
                same(IgmpHeader.class, IgmpHeader.GROUP, "igmp.maddr"),
                same(UdpHeader.class, UdpHeader.SOURCE_PORT, "udp.srcport"),
                same(UdpHeader.class, UdpHeader.DESTINATION_PORT, "udp.dstport"),
                same(UdpHeader.class, UdpHeader.LENGTH_FIELD, "udp.length"),
                same(UdpHeader.class, UdpHeader.CHECKSUM, "udp.checksum"),
                same(TcpHeader.class, TcpHeader.SOURCE_PORT, "tcp.srcport"),
                same(TcpHeader.class, TcpHeader.DESTINATION_PORT, "tcp.dstport"),
                same(TcpHeader.class, TcpHeader.SEQUENCE_NUMBER, "tcp.seq_raw"),
                same(TcpHeader.class, TcpHeader.ACKNOWLEDGMENT_NUMBER, "tcp.ack_raw"),
                scaled(TcpHeader.class, TcpHeader.DATA_OFFSET, "tcp.hdr_len", 4),
                written(TcpHeader.class, TcpHeader.CONTROL_BITS, "tcp.flags", "0x%04x"),
                same(TcpHeader.class, TcpHeader.WINDOW, "tcp.window_size_value"),
                same(TcpHeader.class, TcpHeader.CHECKSUM, "tcp.checksum"));
    }

    /** For a field whose place depends on the header's flags. */
    private static Comparison optional(Field field, String tshark, Function<GreHeader, Optional<Field>> place) {
        return new Comparison(
                GreHeader.class,
                field,
                tshark,
                found -> place.apply((GreHeader) found)
                        .map(there -> there.text(found))
                        .orElse(""));
    }

    private static Comparison same(Class<? extends Header> header, Field field, String tshark) {
        return new Comparison(header, field, tshark, field::text);
    }

    /** For a field that tshark shows in bytes and the header counts in larger units. */
    private static Comparison scaled(Class<? extends Header> header, Field field, String tshark, int unit) {
        return new Comparison(header, field, tshark, found -> Long.toString(field.of(found) * unit));
    }

    /** For a length, of which tshark shows the bytes that it spans. */
    private static Comparison length(
            Class<? extends Header> header, Field field, String tshark, Function<Header, String> spanned) {
        return new Comparison(header, field, tshark, spanned);
    }

    /** For a field that tshark writes in another way. */
    private static Comparison written(Class<? extends Header> header, Field field, String tshark, String format) {
        return new Comparison(header, field, tshark, found -> String.format(Locale.ROOT, format, field.of(found)));
    }
}
