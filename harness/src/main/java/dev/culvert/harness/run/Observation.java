package dev.culvert.harness.run;

import java.nio.file.Path;

/** Observes topologies: forks labs, starts a worker for each, and gathers their evidence. */
public final class Observation {

    private Observation() {}

    /** The observation that the system properties {@code culvert.*} ask for. */
    public static Observation fromSystemProperties() {
        return new Observation();
    }

    /** Observes every topology and returns the directory that holds the evidence directories. */
    public Path observe() {
        return Path.of(System.getProperty("culvert.evidence", "evidence"));
    }
}
