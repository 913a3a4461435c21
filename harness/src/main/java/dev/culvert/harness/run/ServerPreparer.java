package dev.culvert.harness.run;

import dev.culvert.harness.lab.Lab;
import dev.culvert.harness.lab.LabPreparer;
import dev.culvert.harness.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Starts the servers in a template, by a worker of its own, so that every fork finds them running. */
final class ServerPreparer implements LabPreparer {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path logs;

    ServerPreparer(Path logs) {
        this.logs = logs;
    }

    @Override
    public void prepare(Lab lab) throws IOException, InterruptedException {
        Files.createDirectories(logs);
        Path log = logs.resolve("prepare.log");
        try (WorkerProcess worker = WorkerProcess.start(lab, Duration.ZERO, log, "prepare")) {
            if (worker.await(PATIENCE, phase -> {}) instanceof WorkerEvent.Failed failed) {
                throw new IOException("the servers cannot be started: " + failed.why() + "; see " + log);
            }
        }
    }

    @Override
    public String key() {
        return Servers.key();
    }
}
