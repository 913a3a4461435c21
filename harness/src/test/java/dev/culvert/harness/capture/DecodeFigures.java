package dev.culvert.harness.capture;

import dev.culvert.harness.capture.FramingExpectation.DontFragment;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetFrame;
import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.Ipv6Extension;
import dev.culvert.harness.packet.Ipv6Packet;
import dev.culvert.harness.packet.Ipv6Samples;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.harness.packet.SamplePackets;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/**
 * Measures how fast a bulk capture is decoded and judged, beside merely reading its bytes and beside tshark. Started by {@code
 * ci/figures/decode.sh}; not a test. The capture looks like one of iperf3 through IPIP at a snap length of 128 bytes: two
 * full-sized packets one way for each small one back. Judging is measured on such captures of other framings, too.
 */
public final class DecodeFigures {

    private static final int SNAP_LENGTH = 128;
    private static final int ROUNDS = 7;

    private final Path capture;
    private final int packets;
    private final Framed framed;

    private DecodeFigures(Path capture, int packets, Framed framed) {
        this.capture = capture;
        this.packets = packets;
        this.framed = framed;
    }

    /** A framing, and the frame that it makes of an inner packet on the way there and back. */
    private record Framed(
            String name, FramingExpectation expectation, UnaryOperator<Bytes> there, UnaryOperator<Bytes> back) {

        static Framed of(String name, int protocol, String shim) {
            Bytes between = Bytes.parse(shim);
            return new Framed(
                    name,
                    new FramingExpectation(
                            SamplePackets.A, SamplePackets.B, protocol, between.length(), DontFragment.SET),
                    inner -> ipv4(SamplePackets.A, SamplePackets.B, protocol, Bytes.join(between, inner)),
                    inner -> ipv4(SamplePackets.B, SamplePackets.A, protocol, Bytes.join(between, inner)));
        }

        /** Over IPv6, with an encapsulation limit. */
        static Framed limited(String name, int protocol, String shim) {
            Bytes between = Bytes.parse(shim);
            return new Framed(
                    name,
                    new FramingExpectation(
                            Ipv6Samples.A, Ipv6Samples.B, protocol, 8 + between.length(), DontFragment.ANY),
                    inner -> ipv6(Ipv6Samples.A, Ipv6Samples.B, protocol, Bytes.join(between, inner)),
                    inner -> ipv6(Ipv6Samples.B, Ipv6Samples.A, protocol, Bytes.join(between, inner)));
        }

        private static Bytes ipv4(Inet4Address from, Inet4Address to, int protocol, Bytes carried) {
            return SamplePackets.frame(Ipv4Packet.between(from, to)
                    .dontFragment()
                    .payload(IpPayload.of(protocol, carried))
                    .bytes());
        }

        private static Bytes ipv6(Inet6Address from, Inet6Address to, int protocol, Bytes carried) {
            return EthernetFrame.ipv6(
                            "02:00:00:00:00:0a",
                            "02:00:00:00:00:0b",
                            Ipv6Packet.between(from, to)
                                    .extension(Ipv6Extension.encapsulationLimit(4))
                                    .payload(IpPayload.of(protocol, carried))
                                    .bytes())
                    .bytes();
        }
    }

    private static final Framed IPIP = Framed.of("IPIP", 4, "");
    private static final String ETHERNET = "02000000000b 02000000000a 0800";

    private static final List<Framed> OTHERS = List.of(
            Framed.of("GRE with key", 47, "2000 0800 00000007"),
            Framed.of("GRETAP", 47, "0000 6558" + ETHERNET),
            Framed.of("Geneve", 17, "9c40 17c1 0000 0000 00 00 6558 000007 00" + ETHERNET),
            Framed.limited("IPv4 over IPv6", 4, ""),
            Framed.limited("GRE over IPv6", 47, "0000 0800"));

    /** Takes one argument: how many packets, in thousands. */
    public static void main(String[] arguments) throws Exception {
        Path capture = Files.createTempFile("culvert-figures", ".pcap");
        int packets = Integer.parseInt(arguments[0]) * 1000;
        try {
            new DecodeFigures(capture, packets, IPIP).measure();
            for (Framed framed : OTHERS) {
                new DecodeFigures(capture, packets, framed).measureJudging();
            }
        } finally {
            Files.delete(capture);
        }
    }

    private void measureJudging() throws Exception {
        writeCapture();
        double reading = best(this::sumOfAllBytes);
        row("judging every packet, " + framed.name(), best(this::judge), reading);
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
        FramingReport report = BulkFraming.judge(capture, framed.expectation());
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
        System.out.printf("%-38s %14s %12s %14s%n", what, rate, time, ratio);
    }

    private void writeCapture() throws IOException {
        Bytes data = framed.there().apply(inner(1452));
        Bytes acknowledgment = framed.back().apply(inner(24));
        try (PcapWriter writer = PcapWriter.create(capture, LinkType.ETHERNET)) {
            for (int i = 0; i < packets; i++) {
                Bytes packet = i % 3 == 2 ? acknowledgment : data;
                Bytes kept = packet.slice(0, Math.min(SNAP_LENGTH, packet.length()));
                writer.write(new CapturedPacket(
                        i, 1_700_000_000_000_000_000L + i, kept, packet.length(), LinkType.ETHERNET));
            }
        }
    }

    private static Bytes inner(int size) {
        return Ipv4Packet.between(SamplePackets.INNER_A, SamplePackets.INNER_B)
                .payload(IcmpMessage.echoRequest(1, 1, size))
                .bytes();
    }
}
