package dev.culvert.harness.run;

import dev.culvert.harness.evidence.Completion;
import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.lab.KernelChoice;
import dev.culvert.harness.lab.LabCache;
import dev.culvert.harness.lab.LabException;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observes topologies: forks labs, starts a worker for each, shares the topologies out among them, and gathers their evidence. */
public final class Observation {

    private static final Logger LOG = LoggerFactory.getLogger(Observation.class);

    private final ObservationRequest request;
    private final LabCache cache;
    private final ObservationListener listener;

    public Observation(ObservationRequest request, LabCache cache, ObservationListener listener) {
        this.request = request;
        this.cache = cache;
        this.listener = listener;
    }

    /**
     * The observation that the system properties ask for, as the command line's options would: {@code culvert.topologies} (names or files,
     * comma-separated; all bundled), {@code culvert.kernel} (6.12), {@code culvert.lab} (qemu), {@code culvert.configurator} (iproute2), {@code culvert.out} (target/evidence).
     */
    public static Observation fromSystemProperties() {
        String names = System.getProperty("culvert.topologies", "");
        List<Topology> topologies = names.isEmpty()
                ? Topologies.bundled()
                : Arrays.stream(names.split(",")).map(Topologies::named).toList();
        ObservationRequest request = new ObservationRequest(
                topologies,
                LabKind.of(System.getProperty("culvert.lab", "qemu")),
                new KernelChoice.Debian(System.getProperty("culvert.kernel", "6.12"), List.of()),
                ConfiguredBy.of(System.getProperty("culvert.configurator", "iproute2")),
                1,
                1,
                topology -> Boolean.getBoolean("culvert.throughput"),
                Path.of(System.getProperty("culvert.out", "target/evidence")));
        return new Observation(request, LabCache.ofUser(System.getenv()), new LoggingListener());
    }

    /**
     * Observes every topology.
     *
     * @return the directory with one evidence directory for each
     * @throws LabException when no lab can be had at all; a lab that is lost on the way only ends the topology it was at
     */
    public Path observe() throws LabException, InterruptedException {
        try {
            Files.createDirectories(request.evidence());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + request.evidence(), e);
        }
        for (Round round : request.rounds()) {
            observe(round);
        }
        return request.evidence();
    }

    private void observe(Round round) throws LabException, InterruptedException {
        LabSupply supply = LabSupply.of(
                request.lab(),
                request.kernel(),
                round.labs(),
                cache,
                request.evidence().resolve("logs"),
                this::preparing);
        Queue<Pending> waiting = new ConcurrentLinkedQueue<>(
                round.topologies().stream().map(Pending::first).toList());
        List<FutureTask<Void>> shards = new ArrayList<>();
        for (int i = 1; i <= round.labs(); i++) {
            Shard shard = new Shard(i, supply, request, waiting, new InTurn(listener));
            FutureTask<Void> task = new FutureTask<>(() -> {
                shard.work();
                return null;
            });
            shards.add(task);
            new Thread(task, "culvert-shard-" + i).start();
        }
        for (FutureTask<Void> shard : shards) {
            finish(shard);
        }
    }

    private synchronized void preparing(String what) {
        listener.preparing(what);
    }

    private static void finish(FutureTask<Void> shard) throws LabException, InterruptedException {
        try {
            shard.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LabException lab) {
                throw lab;
            }
            throw new IllegalStateException("a shard of the topologies failed", e.getCause());
        }
    }

    /** Lets one call through at a time. */
    private record InTurn(ObservationListener listener) implements ObservationListener {

        @Override
        public void preparing(String what) {
            synchronized (listener) {
                listener.preparing(what);
            }
        }

        @Override
        public void step(String topology, String what, int step, int steps) {
            synchronized (listener) {
                listener.step(topology, what, step, steps);
            }
        }

        @Override
        public void observed(String topology, Completion completion) {
            synchronized (listener) {
                listener.observed(topology, completion);
            }
        }
    }

    /** Where nobody watches: a log. */
    private static final class LoggingListener implements ObservationListener {

        @Override
        public void preparing(String what) {
            LOG.info("{}", what);
        }

        @Override
        public void step(String topology, String what, int step, int steps) {
            LOG.debug("{}: {} ({} of {})", topology, what, step, steps);
        }

        @Override
        public void observed(String topology, Completion completion) {
            LOG.info("{}: {}", topology, completion);
        }
    }
}
