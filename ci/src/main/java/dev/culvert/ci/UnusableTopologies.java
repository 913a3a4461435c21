package dev.culvert.ci;

/** Topologies that were named cannot be used; the message has every problem of every file. */
final class UnusableTopologies extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableTopologies(String problems) {
        super(problems);
    }
}
