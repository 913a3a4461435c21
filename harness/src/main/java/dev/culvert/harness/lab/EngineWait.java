package dev.culvert.harness.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The time until an engine answers for the first time. */
final class EngineWait {

    private static final Duration ONE_TRY = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 50;

    private EngineWait() {}

    /**
     * Waits until an engine answers.
     *
     * @param worthIt tells whether waiting makes any sense still
     * @throws LabUnavailable when it does not within {@code limit}, with the last thing seen
     */
    static DockerEngine.Version until(DockerEndpoint endpoint, Duration limit, BooleanSupplier worthIt)
            throws LabUnavailable, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        String what = "Docker engine at " + endpoint.host();
        while (true) {
            try {
                return new DockerEngine(endpoint).version(ONE_TRY);
            } catch (IOException e) {
                if (!worthIt.getAsBoolean()) {
                    throw new LabUnavailable(what, "its machine ended; the last thing seen: " + e.getMessage());
                }
                if (System.nanoTime() > deadline) {
                    throw new LabUnavailable(
                            what, "no answer in " + limit.toSeconds() + " s; the last thing seen: " + e.getMessage());
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
