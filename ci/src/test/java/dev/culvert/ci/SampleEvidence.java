package dev.culvert.ci;

import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.capture.PcapWriter;
import dev.culvert.harness.evidence.CaptureCount;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Completion;
import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.EvidenceDirectory;
import dev.culvert.harness.evidence.KernelIdentity;
import dev.culvert.harness.evidence.Manifest;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.file.Topologies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Evidence on disk, of the topology {@code ipip}, in which one packet was captured and nothing provoked. */
final class SampleEvidence {

    static final CapturePoint POINT = new CapturePoint(Place.A, "eth0");

    private static final Instant AT = Instant.parse("2026-11-23T20:00:00Z");

    private SampleEvidence() {}

    /** Evidence that can be read but shows nothing that a requirement speaks of. */
    static Path write(Path directory) throws IOException {
        return write(directory, new Completion.Observed());
    }

    static Path write(Path directory, Completion completion) throws IOException {
        return write(directory, completion, "6.12.94");
    }

    static Path write(Path directory, Completion completion, String kernel) throws IOException {
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                "ipip",
                new KernelIdentity(kernel, "#1 SMP", "x86_64", List.of("ipip")),
                "qemu (tcg)",
                ConfiguredBy.IPROUTE2,
                AT,
                AT,
                completion,
                Map.of(POINT, new CaptureCount(1, 1, 0)),
                null);
        Evidence evidence = new Evidence(
                manifest,
                Topologies.named("ipip"),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                "",
                List.of(),
                List.of());
        Files.createDirectories(directory);
        EvidenceDirectory.write(directory, evidence);
        // An Ethernet header, and an IPv4 header of protocol 17 without any payload.
        Bytes frame = Bytes.parse("02000000000b 02000000000a 0800 45000014 00000000 4011 0000 c6336401 c6336402");
        PcapWriter.write(
                capture(directory),
                LinkType.ETHERNET,
                List.of(new CapturedPacket(
                        0, AT.getEpochSecond() * 1_000_000_000, frame, frame.length(), LinkType.ETHERNET)));
        return directory;
    }

    static Path capture(Path directory) {
        return EvidenceDirectory.captureFile(directory, POINT);
    }
}
