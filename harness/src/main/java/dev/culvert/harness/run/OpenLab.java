package dev.culvert.harness.run;

import dev.culvert.harness.lab.Lab;
import java.io.IOException;

/**
 * A lab and the worker that works with it; both end together.
 *
 * @param lab where the servers are
 * @param worker the one client of their agents
 */
record OpenLab(Lab lab, WorkerProcess worker) implements AutoCloseable {

    /** Starts a worker for a lab. */
    interface Starter {
        WorkerProcess start(Lab lab) throws IOException;
    }

    /** Starts the worker; the lab is closed when there is none. */
    static OpenLab of(Lab lab, Starter starter) throws IOException {
        try {
            return new OpenLab(lab, starter.start(lab));
        } catch (IOException e) {
            lab.close();
            throw e;
        }
    }

    @Override
    public void close() {
        worker.close();
        lab.close();
    }
}
