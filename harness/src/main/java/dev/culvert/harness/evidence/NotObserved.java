package dev.culvert.harness.evidence;

/**
 * Something that a requirement needs was not, or not wholly, observed: a stimulus that did not run, a capture with
 * drops, a counter that the kernel does not report. It makes the verdict BROKEN, never FAIL.
 */
public final class NotObserved extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotObserved(String message) {
        super(message);
    }
}
