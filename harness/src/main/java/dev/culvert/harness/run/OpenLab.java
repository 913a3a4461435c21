package dev.culvert.harness.run;

import dev.culvert.harness.lab.Lab;
import dev.culvert.harness.lab.LabException;
import java.io.IOException;

/**
 * A lab and the worker that works with it; both end together.
 *
 * @param lab where the servers are
 * @param worker the one client of their agents
 */
record OpenLab(Lab lab, LabWorker worker) implements AutoCloseable {

    /** Starts a worker for a lab. */
    interface Starter {
        LabWorker start(Lab lab) throws IOException;
    }

    /** Lets a lab go on and starts its worker; the lab is closed when that fails. */
    static OpenLab of(Lab lab, Starter starter) throws LabException, IOException, InterruptedException {
        try {
            lab.go();
            lab.awaitServers();
            return new OpenLab(lab, starter.start(lab));
        } catch (LabException | IOException | InterruptedException e) {
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
