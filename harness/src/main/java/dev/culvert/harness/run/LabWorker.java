package dev.culvert.harness.run;

import dev.culvert.harness.lab.Lab;
import dev.culvert.harness.server.ServerAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Works with one lab: observes the topologies that it is ordered to, one after the other, and says how it goes. */
interface LabWorker extends AutoCloseable {

    /**
     * Starts a worker for a lab that goes on; it is ready when it says so. Testcontainers has one client of one engine in a JVM, so that a lab whose
     * servers only the engine leads to has a JVM of its own. Ports lead to the others from here, and what the first of their workers had loaded and
     * compiled serves all.
     *
     * @param lease how long the lab's servers go on without word from the worker; zero, for ever
     * @param log file that gets what the worker has to say of failures
     */
    static LabWorker start(Lab lab, Duration lease, Path log) throws IOException {
        return lab.agentPorts().isPresent()
                ? WorkerThread.start(ServerAccess.to(lab, lease), log)
                : WorkerProcess.start(lab, lease, log, "observe");
    }

    /** Gives the worker a topology. */
    void order(WorkerOrder order) throws IOException;

    /**
     * Hands on what the worker says until it ends what was waited for.
     *
     * @param silence how long the worker may say nothing before it is given up
     * @return the last event: ready, observed or failed
     */
    WorkerEvent await(Duration silence, Consumer<WorkerEvent.Phase> phases) throws InterruptedException;

    /** Ends it; a topology in hand is not observed. */
    @Override
    void close();
}
