package dev.culvert.harness.server;

/** A background process ended, or said nothing in time, before it was ready. */
public final class SpawnFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    SpawnFailed(String message) {
        super(message);
    }
}
