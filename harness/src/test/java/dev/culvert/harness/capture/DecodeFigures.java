package dev.culvert.harness.capture;

import dev.culvert.harness.capture.FramingExpectation.DontFragment;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.harness.packet.SamplePackets;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Measures how fast a bulk capture is decoded and judged, beside merely reading its bytes and beside tshark. Started by {@code
 * ci/figures/decode.sh}; not a test. The capture looks like one of iperf3 through IPIP at a snap length of 128 bytes: two
 * full-sized packets one way for each small one back.
 */
public final class DecodeFigures {

    private static final int SNAP_LENGTH = 128;
    private static final int ROUNDS = 7;
    private static final FramingExpectation IPIP =
            FramingExpectation.ipip(SamplePackets.A, SamplePackets.B, DontFragment.SET);

    private final Path capture;
    private final int packets;

    private DecodeFigures(Path capture, int packets) {
        this.capture = capture;
        this.packets = packets;
    }

    /** Takes one argument: how many packets, in thousands. */
    public static void main(String[] arguments) throws Exception {
        Path capture = Files.createTempFile("culvert-figures", ".pcap");
        try {
            new DecodeFigures(capture, Integer.parseInt(arguments[0]) * 1000).measure();
        } finally {
            Files.delete(capture);
        }
    }

    private void measure() throws Exception {
        writeCapture();
        System.out.printf(
                "%,d packets, %,d bytes, one core; best of %d rounds, tshark of 1%n%n",
                packets, Files.size(capture), ROUNDS);
        double reading = best(this::sumOfAllBytes);
        row("what", "packets/s", "us a packet", "times reading");
        row("reading every byte", reading, reading);
        row("finding every packet", best(this::walk), reading);
        row("judging every packet", best(this::judge), reading);
        row("dissecting every packet", best(this::dissect), reading);
        row("tshark, header checksums only", tshark(), reading);
    }

    private double best(Callable<Long> work) throws Exception {
        double best = Double.MAX_VALUE;
        long first = work.call();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long result = work.call();
            best = Math.min(best, (double) (System.nanoTime() - start));
            if (result != first) {
                throw new IllegalStateException("one round gave " + first + ", another " + result);
            }
        }
        return best / packets;
    }

    private long sumOfAllBytes() throws IOException {
        try (FileChannel channel = FileChannel.open(capture, StandardOpenOption.READ)) {
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            long sum = 0;
            for (int at = 0; at < bytes.limit() - 7; at += 8) {
                sum += bytes.getLong(at);
            }
            return sum;
        }
    }

    private long walk() throws IOException {
        long sum = 0;
        try (PcapFile pcap = PcapFile.open(capture)) {
            for (PcapCursor cursor = pcap.cursor(); cursor.next(); ) {
                sum += cursor.originalLength();
            }
        }
        return sum;
    }

    private long judge() throws IOException {
        FramingReport report = BulkFraming.judge(capture, IPIP);
        if (report.tunnelPackets() != packets || report.offenderCount() != 0) {
            throw new IllegalStateException("the capture was made without a fault, but: " + report.faults());
        }
        return report.tunnelBytes();
    }

    private long dissect() throws IOException {
        long sum = 0;
        try (PcapFile pcap = PcapFile.open(capture)) {
            for (PcapCursor cursor = pcap.cursor(); cursor.next(); ) {
                sum += cursor.packet().dissect().innerIpv4().orElseThrow().totalLength();
            }
        }
        return sum;
    }

    private double tshark() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process tshark = new ProcessBuilder(List.of(
                        "tshark",
                        "-n",
                        "-r",
                        capture.toString(),
                        "-o",
                        "ip.check_checksum:TRUE",
                        "-Y",
                        "ip.checksum.status == 0"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (tshark.waitFor() != 0) {
            throw new IOException("tshark ended with " + tshark.exitValue());
        }
        return (double) (System.nanoTime() - start) / packets;
    }

    private static void row(String what, double nanos, double reading) {
        row(
                what,
                String.format("%,d", Math.round(1e9 / nanos)),
                String.format("%.3f", nanos / 1000),
                String.format("%.1f", nanos / reading));
    }

    private static void row(String what, String rate, String time, String ratio) {
        System.out.printf("%-32s %14s %12s %14s%n", what, rate, time, ratio);
    }

    private void writeCapture() throws IOException {
        Bytes data = frame(Ipv4Packet.between(SamplePackets.A, SamplePackets.B), 1452);
        Bytes acknowledgment = frame(Ipv4Packet.between(SamplePackets.B, SamplePackets.A), 24);
        try (PcapWriter writer = PcapWriter.create(capture, LinkType.ETHERNET)) {
            for (int i = 0; i < packets; i++) {
                Bytes packet = i % 3 == 2 ? acknowledgment : data;
                Bytes kept = packet.slice(0, Math.min(SNAP_LENGTH, packet.length()));
                writer.write(new CapturedPacket(
                        i, 1_700_000_000_000_000_000L + i, kept, packet.length(), LinkType.ETHERNET));
            }
        }
    }

    private static Bytes frame(Ipv4Packet outer, int size) {
        return SamplePackets.frame(outer.dontFragment()
                .payload(Ipv4Packet.between(SamplePackets.INNER_A, SamplePackets.INNER_B)
                        .payload(IcmpMessage.echoRequest(1, 1, size)))
                .bytes());
    }
}
