package dev.culvert.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.capture.PcapFile;
import dev.culvert.harness.capture.PcapWriter;
import dev.culvert.harness.evidence.BulkCapture;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.ThroughputRun;
import dev.culvert.harness.packet.Ipv4Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Damages throughput runs and their captures. */
final class BulkTrafficDamage {

    private static final int IPIP = 4;
    private static final int SHORTER_THAN_ANY_MTU = 500;

    private BulkTrafficDamage() {}

    @DamageOf("BULK-FRAMING")
    static Evidence oneOuterTotalLengthIsWrong(Evidence good) throws IOException {
        BulkCapture capture = firstOfTunnel(good);
        List<CapturedPacket> packets = PcapFile.readAll(capture.file());
        CapturedPacket victim = packets.stream()
                .filter(p ->
                        p.dissect().outerIpv4().map(Ipv4Header::protocolNumber).orElse(0) == IPIP)
                .reduce((first, second) -> second)
                .orElseThrow();
        return replaced(
                good,
                capture,
                packets.stream()
                        .map(p -> p.index() == victim.index() ? longer(p) : p)
                        .toList());
    }

    @DamageOf("BULK-THROUGH-TUNNEL")
    static Evidence moreIsReceivedThanCrossed(Evidence good) {
        return good.withThroughput(good.throughput().stream()
                .map(run -> run.path().equals("tunnel") ? received(run, Long.MAX_VALUE) : run)
                .toList());
    }

    @DamageOf("OFFLOAD-SUPERPACKET")
    static Evidence nothingIsLongerThanTheMtu(Evidence good) throws IOException {
        Evidence damaged = good;
        for (BulkCapture capture : good.bulk()) {
            damaged = replaced(damaged, capture, cut(PcapFile.readAll(capture.file())));
        }
        return damaged;
    }

    private static BulkCapture firstOfTunnel(Evidence good) {
        return good.bulk().stream()
                .filter(capture -> capture.run().startsWith("tunnel-"))
                .findFirst()
                .orElseThrow();
    }

    private static CapturedPacket longer(CapturedPacket packet) {
        Ipv4Header outer = packet.dissect().outerIpv4().orElseThrow();
        return new CapturedPacket(
                packet.index(),
                packet.timestampNanos(),
                outer.with(Ipv4Header.TOTAL_LENGTH, outer.totalLength() + 1L),
                packet.originalLength(),
                packet.linkType());
    }

    private static List<CapturedPacket> cut(List<CapturedPacket> packets) {
        UnaryOperator<CapturedPacket> shorten = p -> new CapturedPacket(
                p.index(),
                p.timestampNanos(),
                p.bytes(),
                Math.min(p.originalLength(), SHORTER_THAN_ANY_MTU),
                p.linkType());
        return packets.stream().map(shorten).toList();
    }

    private static Evidence replaced(Evidence evidence, BulkCapture capture, List<CapturedPacket> packets)
            throws IOException {
        assertThat(packets).isNotEmpty();
        Path file = Files.createTempFile("damaged", ".pcap");
        file.toFile().deleteOnExit();
        PcapWriter.write(file, packets.get(0).linkType(), packets);
        return evidence.withBulk(evidence.bulk().stream()
                .map(b -> b.equals(capture) ? new BulkCapture(b.run(), b.point(), b.count(), file) : b)
                .toList());
    }

    private static ThroughputRun received(ThroughputRun run, long bytes) {
        return new ThroughputRun(
                run.path(),
                run.protocol(),
                run.offloads(),
                run.seconds(),
                run.goodputBitsPerSecond(),
                bytes,
                run.lossPercent(),
                run.retransmits(),
                run.senderCpuPercent(),
                run.receiverCpuPercent(),
                null);
    }
}
