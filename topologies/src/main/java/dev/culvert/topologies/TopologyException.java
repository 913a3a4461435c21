package dev.culvert.topologies;

/** A file is no topology; the message names every problem, one a line. */
public final class TopologyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TopologyException(String message) {
        super(message);
    }
}
