package dev.culvert.harness.run;

import dev.culvert.harness.evidence.BulkCapture;
import dev.culvert.harness.evidence.CaptureCount;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.Completion;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.EvidenceDirectory;
import dev.culvert.harness.evidence.KernelIdentity;
import dev.culvert.harness.evidence.Manifest;
import dev.culvert.harness.evidence.PlaceState;
import dev.culvert.harness.evidence.StimulusRecord;
import dev.culvert.harness.evidence.ThroughputRun;
import dev.culvert.harness.lab.KernelConfig;
import dev.culvert.harness.server.Command;
import dev.culvert.harness.server.ConfigurationFailed;
import dev.culvert.harness.server.Configurator;
import dev.culvert.harness.server.KernelLacks;
import dev.culvert.harness.server.PacketTaps;
import dev.culvert.harness.server.Servers;
import dev.culvert.harness.stimulus.Stimuli;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Brings one topology up, does everything to it that there is to do, and writes the evidence. */
final class TopologyObserver {

    private final Topology topology;
    private final Servers servers;
    private final WorkerOrder order;
    private final Steps steps;
    private final Configurator configurator;
    private final PlaceReading reading;
    private final Path directory;
    private final Instant started = Instant.now();

    /** Hears which step has begun. */
    interface Steps {
        void begin(String text, int step, int of);
    }

    TopologyObserver(Topology topology, Servers servers, WorkerOrder order, Steps steps) {
        this.topology = topology;
        this.servers = servers;
        this.order = order;
        this.steps = steps;
        this.configurator = new Configurator(servers, order.configurator());
        this.reading = new PlaceReading(servers);
        this.directory = Path.of(order.evidence());
    }

    /** Observes the topology; when this returns its evidence is written and the servers are empty again. */
    void observe() throws IOException {
        Files.createDirectories(EvidenceDirectory.captures(directory));
        servers.log().clear();
        long logFrom = servers.get(Place.A).kernelLog(0).next();
        CompletableFuture<KernelIdentity> kernel = kernel();
        Optional<Completion.Lacking> lacking =
                Optional.ofNullable(order.lacking()).or(this::lackingInConfiguration);
        if (lacking.isPresent()) {
            write(kernel.join(), lacking.get(), Observed.NOTHING, logFrom);
            return;
        }
        int count = Stimuli.of(topology).size() + 4;
        try {
            steps.begin("configuring", 0, count);
            configurator.apply(Plan.of(topology, Offloads.OFF));
        } catch (KernelLacks lacks) {
            configurator.clear(topology);
            write(kernel.join(), new Completion.Lacking(lacks.what(), lacks.kernelSaid()), Observed.NOTHING, logFrom);
            return;
        } catch (ConfigurationFailed refused) {
            configurator.clear(topology);
            throw refused;
        }
        try {
            Observed observed = drive(count);
            write(kernel.join(), new Completion.Observed(), observed, logFrom);
        } finally {
            configurator.clear(topology);
        }
    }

    private Observed drive(int count) throws IOException {
        CompletableFuture<Map<Place, PlaceState>> configured = reading.of(topology.places());
        steps.begin("starting captures", 1, count);
        PacketTaps taps = PacketTaps.start(servers.watcher(), capturePoints());
        configured.join();
        int[] step = {ObservationListener.STEPS_OF_SETTING_UP};
        List<StimulusRecord> stimuli = Stimuli.perform(topology, servers, s -> steps.begin(s.id(), step[0]++, count));
        steps.begin("gathering captures", count - 2, count);
        CompletableFuture<Map<Place, PlaceState>> afterwards = reading.of(topology.places());
        Map<CapturePoint, CaptureCount> captures = taps.stop(EvidenceDirectory.captures(directory));
        // Throughput changes what was asked above, and must not be measured beside it.
        afterwards.join();
        ThroughputRuns throughput = new ThroughputRuns(topology, servers, configurator, directory);
        // It is measured between the servers themselves, whose own packets have no labels.
        if (order.throughput() && topology.carriesUnlabelled()) {
            throughput.measure(run -> steps.begin("throughput " + run, count - 1, count));
        }
        return new Observed(
                configured.join(), afterwards.join(), stimuli, captures, throughput.runs(), throughput.captures());
    }

    /** Both ends of the underlay, the tunnel devices, the router's ports, and the LAN hosts. */
    private List<CapturePoint> capturePoints() {
        List<CapturePoint> points = new ArrayList<>();
        topology.ports().forEach(port -> points.add(new CapturePoint(port.place(), port.device())));
        points.add(new CapturePoint(Place.A, topology.a().tunnel().device()));
        points.add(new CapturePoint(Place.B, topology.b().tunnel().device()));
        return points.stream().distinct().toList();
    }

    /** Asks a kernel that knows its own configuration (CONFIG_IKCONFIG_PROC) for the options that the topology needs. */
    private Optional<Completion.Lacking> lackingInConfiguration() {
        List<String> needed = topology.configuration();
        if (needed.isEmpty()) {
            return Optional.empty();
        }
        String text = output("sh", "-c", "[ ! -e /proc/config.gz ] || zcat /proc/config.gz")
                .join();
        List<String> off = text.isEmpty() ? List.of() : KernelConfig.of(text).off(needed);
        return off.isEmpty()
                ? Optional.empty()
                : Optional.of(new Completion.Lacking(String.join(", ", off), "off in /proc/config.gz"));
    }

    /** Begun first and needed last, it costs no time of its own. */
    private CompletableFuture<KernelIdentity> kernel() {
        CompletableFuture<String> names = output("uname", "-r", "-v", "-m");
        return names.thenCombine(output("cat", "/proc/modules"), TopologyObserver::identity);
    }

    /**
     * Reads what the kernel says of itself.
     *
     * @param names release, version and machine in one line; only the version has blanks
     * @param modules the text of {@code /proc/modules}, which every network namespace sees alike
     */
    private static KernelIdentity identity(String names, String modules) {
        String line = names.strip();
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        return new KernelIdentity(
                line.substring(0, first),
                line.substring(first + 1, last),
                line.substring(last + 1),
                modules.lines().map(module -> module.split(" ", 2)[0]).sorted().toList());
    }

    private CompletableFuture<String> output(String... argv) {
        return servers.get(Place.A).beginOrThrow(Command.at(Place.A, argv)).thenApply(CommandRecord::stdout);
    }

    private void write(KernelIdentity kernel, Completion completion, Observed observed, long logFrom)
            throws IOException {
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                topology.name(),
                kernel,
                order.lab(),
                order.configurator(),
                started,
                Instant.now(),
                completion,
                observed.captures(),
                order.earlierLoss());
        String log = servers.get(Place.A).kernelLog(logFrom).asConsole();
        EvidenceDirectory.write(
                directory,
                new Evidence(
                        manifest,
                        topology,
                        observed.stimuli(),
                        Map.of(),
                        observed.configured(),
                        observed.afterwards(),
                        servers.log().records(),
                        log,
                        observed.runs(),
                        observed.bulk()));
    }

    /** What driving the topology brought. */
    private record Observed(
            Map<Place, PlaceState> configured,
            Map<Place, PlaceState> afterwards,
            List<StimulusRecord> stimuli,
            Map<CapturePoint, CaptureCount> captures,
            List<ThroughputRun> runs,
            List<BulkCapture> bulk) {

        static final Observed NOTHING = new Observed(Map.of(), Map.of(), List.of(), Map.of(), List.of(), List.of());
    }
}
