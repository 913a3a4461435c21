package dev.culvert.harness.run;

import dev.culvert.harness.evidence.Completion;
import dev.culvert.harness.evidence.EarlierLoss;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.EvidenceDirectory;
import dev.culvert.harness.evidence.KernelIdentity;
import dev.culvert.harness.evidence.Manifest;
import dev.culvert.harness.lab.Attempts;
import dev.culvert.harness.lab.KernelComplaint;
import dev.culvert.harness.lab.KernelConsole;
import dev.culvert.harness.lab.Lab;
import dev.culvert.harness.lab.LabException;
import dev.culvert.harness.lab.LabHealth;
import dev.culvert.topologies.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lab at a time with its worker, taking topology after topology from the queue. When the lab is lost, the topology in
 * hand ends as lost, with the console's text, and the next one gets a fresh lab. One that the emulator lost is observed once more.
 */
final class Shard {

    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

    /** The longest that a worker needs for one step; throughput is the slowest. */
    private static final Duration SILENCE = Duration.ofSeconds(90);

    private static final Duration HEALTH = Duration.ofSeconds(5);

    private final int number;
    private final LabSupply supply;
    private final ObservationRequest request;
    private final Queue<Pending> waiting;
    private final ObservationListener listener;

    Shard(
            int number,
            LabSupply supply,
            ObservationRequest request,
            Queue<Pending> waiting,
            ObservationListener listener) {
        this.number = number;
        this.supply = supply;
        this.request = request;
        this.waiting = waiting;
        this.listener = listener;
    }

    /** Works until the queue is empty; throws when no lab can be opened. */
    void work() throws LabException, InterruptedException, IOException {
        for (Pending next = waiting.poll(); next != null; ) {
            listener.preparing("opening lab " + number + ": " + supply.description());
            try (OpenLab open = Attempts.untilOneSucceeds(supply.attempts(), "lab", this::open)) {
                for (boolean usable = true; next != null && usable; next = waiting.poll()) {
                    usable = observe(next, open.lab(), open.worker());
                }
            }
        }
    }

    private OpenLab open() throws LabException, IOException, InterruptedException {
        Files.createDirectories(workerLog().getParent());
        OpenLab open = OpenLab.of(supply.open(), lab -> LabWorker.start(lab, supply.lease(), workerLog()));
        try {
            if (!(open.worker().await(SILENCE, phase -> {}) instanceof WorkerEvent.Ready)) {
                throw new IOException("the worker cannot use the lab; see " + workerLog());
            }
            return open;
        } catch (IOException | InterruptedException e) {
            open.close();
            throw e;
        }
    }

    private Path workerLog() {
        return request.evidence().resolve("logs").resolve("worker-" + number + ".log");
    }

    /** Observes one topology and says whether lab and worker can go on. */
    private boolean observe(Pending pending, Lab lab, LabWorker worker) throws IOException, InterruptedException {
        Topology topology = pending.topology();
        Instant started = Instant.now();
        Path directory = request.evidence().resolve(topology.name());
        Files.createDirectories(directory);
        Path file = directory.resolve("topology.yaml");
        Files.writeString(file, topology.source());
        worker.order(new WorkerOrder(
                file.toString(),
                directory.toString(),
                request.throughput().test(topology),
                supply.description(),
                request.configurator(),
                lacking(topology),
                pending.earlierLoss()));
        WorkerEvent end = worker.await(
                SILENCE, phase -> listener.step(topology.name(), phase.text(), phase.step(), phase.steps()));
        if (end instanceof WorkerEvent.Observed) {
            Completion completion = EvidenceDirectory.completion(directory);
            listener.observed(topology.name(), completion);
            return true;
        }
        String why = why(end, lab.health(HEALTH));
        // It may be silent and yet go on: what is written of this topology is written here.
        worker.close();
        if (observesOnceMore(pending, lab)) {
            return false;
        }
        writeLost(pending, directory, started, why, lab.console().orElse(null));
        listener.observed(topology.name(), new Completion.Lost(why));
        return false;
    }

    /** A topology whose lab the emulator lost is put at the end of the queue, once: nothing was learnt about it. */
    private boolean observesOnceMore(Pending pending, Lab lab) {
        Optional<KernelComplaint> fault = supply.emulatorFault(lab);
        if (fault.isEmpty() || pending.earlierLoss() != null) {
            return false;
        }
        Topology topology = pending.topology();
        LOG.warn(
                "{} is observed once more, its machine was lost by the emulator: {}",
                topology.name(),
                fault.get().excerpt());
        listener.preparing(topology.name() + " once more, as the emulator lost the machine: "
                + fault.get().firstLine());
        waiting.add(new Pending(
                topology, new EarlierLoss(fault.get().firstLine(), fault.get().excerpt())));
        return true;
    }

    private Completion.@Nullable Lacking lacking(Topology topology) {
        List<String> lacks = supply.contents()
                .map(contents -> contents.support(topology).lacks())
                .orElse(List.of());
        return lacks.isEmpty()
                ? null
                : new Completion.Lacking(
                        String.join(", ", lacks), "neither among its modules nor in its configuration");
    }

    private static String why(WorkerEvent end, LabHealth health) {
        String worker = end instanceof WorkerEvent.Failed failed ? failed.why() : String.valueOf(end);
        if (health instanceof LabHealth.Ended ended) {
            return ended.reason();
        }
        return health instanceof LabHealth.Hung hung ? hung.reason() + " (" + worker + ")" : worker;
    }

    private void writeLost(
            Pending pending, Path directory, Instant started, String why, @Nullable KernelConsole console)
            throws IOException {
        Topology topology = pending.topology();
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                topology.name(),
                new KernelIdentity(supply.kernel(), "", "", List.of()),
                supply.description(),
                request.configurator(),
                started,
                Instant.now(),
                new Completion.Lost(why),
                Map.of(),
                pending.earlierLoss());
        EvidenceDirectory.write(
                directory,
                new Evidence(
                        manifest,
                        topology,
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        console == null ? "" : console.text(),
                        List.of(),
                        List.of()));
    }
}
