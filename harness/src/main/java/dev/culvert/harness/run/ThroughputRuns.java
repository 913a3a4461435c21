package dev.culvert.harness.run;

import dev.culvert.harness.evidence.BulkCapture;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.EvidenceDirectory;
import dev.culvert.harness.evidence.ThroughputRun;
import dev.culvert.harness.server.CaptureMode;
import dev.culvert.harness.server.CaptureSession;
import dev.culvert.harness.server.Command;
import dev.culvert.harness.server.Configurator;
import dev.culvert.harness.server.Servers;
import dev.culvert.harness.server.Spawned;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures what passes through the tunnel, and over the bare underlay in the same run: TCP and UDP, with offloads off and on,
 * both ends of the underlay captured meanwhile.
 */
final class ThroughputRuns {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Topology topology;
    private final Servers servers;
    private final Configurator configurator;
    private final Path directory;
    private final List<ThroughputRun> runs = new ArrayList<>();
    private final List<BulkCapture> captures = new ArrayList<>();

    ThroughputRuns(Topology topology, Servers servers, Configurator configurator, Path directory) {
        this.topology = topology;
        this.servers = servers;
        this.configurator = configurator;
        this.directory = directory;
    }

    /** Runs every transfer; {@code begun} is told the name of each. The offloads are off afterwards, as they were before. */
    void measure(Consumer<String> begun) throws IOException {
        Command server =
                Command.at(Place.B, "iperf3", "--server", "--forceflush", "--port", String.valueOf(Iperf.PORT));
        Spawned listening =
                servers.get(Place.B).spawn("iperf3", server, "Server listening").join();
        try {
            for (Offloads offloads : Offloads.values()) {
                configurator.apply(Plan.switching(topology, offloads));
                for (String protocol : List.of("tcp", "udp")) {
                    transfer(tunnel(protocol, offloads), begun);
                    transfer(underlay(protocol, offloads), begun);
                }
            }
        } finally {
            listening.stop(PATIENCE).join();
        }
    }

    List<ThroughputRun> runs() {
        return runs;
    }

    List<BulkCapture> captures() {
        return captures;
    }

    private Iperf tunnel(String protocol, Offloads offloads) {
        return new Iperf(
                Iperf.TUNNEL,
                protocol,
                offloads == Offloads.ON,
                topology.b().tunnel().address().address(),
                topology.throughput());
    }

    private Iperf underlay(String protocol, Offloads offloads) {
        return new Iperf(
                "underlay",
                protocol,
                offloads == Offloads.ON,
                topology.b().underlay().address().address(),
                topology.throughput());
    }

    /** Runs a transfer with both ends captured. The underlay's is there to compare with, so its packets are not kept. */
    private void transfer(Iperf iperf, Consumer<String> begun) throws IOException {
        String name = iperf.path() + "-" + iperf.protocol() + "-offloads-" + (iperf.offloads() ? "on" : "off");
        begun.accept(name);
        List<CapturePoint> points = List.of(
                new CapturePoint(Place.A, topology.a().underlay().device()),
                new CapturePoint(Place.B, topology.b().underlay().device()));
        CaptureSession session = CaptureSession.start(servers, points, CaptureMode.BULK);
        try {
            runs.add(iperf.read(servers.run(iperf.client())));
        } finally {
            if (iperf.path().equals(Iperf.TUNNEL)) {
                keep(name, session);
            } else {
                session.discard();
            }
        }
    }

    private void keep(String name, CaptureSession session) throws IOException {
        session.stop(Files.createDirectories(EvidenceDirectory.bulk(directory, name)))
                .forEach((point, count) -> captures.add(
                        new BulkCapture(name, point, count, EvidenceDirectory.bulkFile(directory, name, point))));
    }
}
