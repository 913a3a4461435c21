package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.capture.PcapFile;
import dev.culvert.harness.capture.PcapWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private static final String BAD = "0";
    private static final String GOOD = "1";
    private static final String UNVERIFIED = "2";
    private static final String ABSENT = "3";
    private static final String ILLEGAL = "4";
    private static final List<String> VERDICTS = List.of(
            "frame.time_epoch", "frame.len", "ip.checksum.status", "icmpv6.checksum.status", "udp.checksum.status");

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
                .map(packet -> packet.within(SamplePackets.CONTEXT))
                .toList();
        List<String> names = new ArrayList<>(VERDICTS);
        comparisons().forEach(comparison -> names.addAll(comparison.tshark()));
        tshark = Tshark.fields(file, names);
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void everyFieldIsWhatTsharkSays(FieldComparison comparison) {
        List<String> decoded = packets.stream().map(comparison::ours).toList();

        assertThat(decoded).as("a sample has it").anyMatch(values -> !values.isEmpty());
        List<String> theirs = comparison.theirs(tshark);
        assertThat(IntStream.range(0, packets.size())
                        .filter(i -> !decoded.get(i).equals(theirs.get(i)))
                        .mapToObj(i -> "packet " + (i + 1) + ": \"" + decoded.get(i) + "\", but tshark \""
                                + theirs.get(i) + "\""))
                .isEmpty();
    }

    @Test
    void everyFieldOfEveryHeaderIsCompared() {
        List<Header> headers = packets.stream()
                .flatMap(packet -> packet.dissect().layers().stream())
                .filter(Header.class::isInstance)
                .map(Header.class::cast)
                .toList();

        assertThat(headers.stream()
                        .flatMap(header -> header.fields().stream()
                                .filter(field -> comparisons().stream().noneMatch(c -> c.covers(header, field)))
                                .map(field -> header.protocol() + " " + field.name()))
                        .distinct())
                .as("fields that are shown, but not compared")
                .isEmpty();
        assertThat(headers).hasSizeGreaterThan(100);
    }

    @Test
    void timesLengthsAndChecksumVerdictsAreWhatTsharkSays() {
        assertThat(packets.stream()
                        .map(p -> p.timestampNanos() / 1_000_000_000 + "." + p.timestampNanos() % 1_000_000_000))
                .containsExactlyElementsOf(tshark.get("frame.time_epoch"));
        assertThat(packets.stream().map(p -> "" + p.originalLength()))
                .containsExactlyElementsOf(tshark.get("frame.len"));
        assertThat(verdicts(Ipv4Header.class, (packet, ip) -> ip.checksumValid() ? GOOD : BAD))
                .isEqualTo(tshark.get("ip.checksum.status"));
        assertThat(verdicts(
                        Icmpv6Header.class,
                        (packet, icmp) -> verdict(
                                packet,
                                icmp,
                                icmp.checksumValid(packet.carrier(icmp).orElseThrow()))))
                .isEqualTo(tshark.get("icmpv6.checksum.status"));
        assertThat(verdicts(UdpHeader.class, TsharkAgreementTest::verdict))
                .isEqualTo(tshark.get("udp.checksum.status"));
    }

    /** IPv6 allows none only where the ends agreed on it (RFC 6935 section 5), which tshark cannot know. */
    private static String verdict(Dissection packet, UdpHeader udp) {
        IpHeader carrier = packet.carrier(udp).orElseThrow();
        if (udp.checksum() == 0) {
            return carrier.version() == 6 ? ILLEGAL : ABSENT;
        }
        return verdict(packet, udp, udp.checksumValid(carrier));
    }

    /** tshark does not judge what it does not see to the end, nor what an error quotes. */
    private static String verdict(Dissection packet, Header header, boolean valid) {
        boolean quoted = packet.all(header.getClass()).noneMatch(header::equals);
        return quoted || !header.complete() ? UNVERIFIED : valid ? GOOD : BAD;
    }

    private <H extends Header> List<String> verdicts(Class<H> kind, BiFunction<Dissection, H, String> verdict) {
        return packets.stream()
                .map(CapturedPacket::dissect)
                .map(packet -> packet.layers().stream()
                        .filter(kind::isInstance)
                        .map(layer -> verdict.apply(packet, kind.cast(layer)))
                        .collect(Collectors.joining(",")))
                .toList();
    }

    static List<FieldComparison> comparisons() {
        return TsharkNames.all();
    }
}
