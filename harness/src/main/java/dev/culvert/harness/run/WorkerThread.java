package dev.culvert.harness.run;

import dev.culvert.harness.server.ServerAccess;
import dev.culvert.harness.server.Servers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker in this JVM. */
final class WorkerThread implements LabWorker {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerThread.class);
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final ServerAccess access;
    private final Path log;
    private final BlockingQueue<WorkerOrder> orders = new LinkedBlockingQueue<>();
    private final WorkerEvents events = new WorkerEvents();
    private final Thread thread = new Thread(this::work, "culvert-worker");
    private volatile @Nullable Servers reached;

    private WorkerThread(ServerAccess access, Path log) {
        this.access = access;
        this.log = log;
    }

    /** Starts a worker for the servers of a lab. */
    static WorkerThread start(ServerAccess access, Path log) {
        WorkerThread worker = new WorkerThread(access, log);
        worker.thread.setDaemon(true);
        worker.thread.start();
        return worker;
    }

    @Override
    public void order(WorkerOrder order) {
        orders.add(order);
    }

    @Override
    public WorkerEvent await(Duration silence, Consumer<WorkerEvent.Phase> phases) throws InterruptedException {
        return events.await(silence, phases);
    }

    private void work() {
        try (Servers servers = Servers.reach(access)) {
            reached = servers;
            OrderedObservations observations = new OrderedObservations(servers, events::add, this::note);
            events.add(new WorkerEvent.Ready());
            while (true) {
                observations.carryOut(orders.take());
            }
        } catch (InterruptedException e) {
            LOG.debug("the worker was closed");
        } catch (RuntimeException e) {
            note("the worker ends", e);
            events.add(new WorkerEvent.Failed("", String.valueOf(e.getMessage())));
        }
    }

    private synchronized void note(String what, Exception why) {
        LOG.error("{}", what, why);
        StringWriter text = new StringWriter().append(what).append('\n');
        why.printStackTrace(new PrintWriter(text, true));
        try {
            Files.writeString(log, text.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.error("cannot write to {}", log, e);
        }
    }

    /** Whatever the worker waits for fails when its servers are closed. */
    @Override
    public void close() {
        Servers servers = reached;
        if (servers != null) {
            servers.close();
        }
        thread.interrupt();
        try {
            thread.join(LEAVING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
