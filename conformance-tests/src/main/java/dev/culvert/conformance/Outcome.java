package dev.culvert.conformance;

/** The possible verdicts, from best to worst. */
public enum Outcome {
    /** What was observed is what the source demands. */
    PASS,
    /** The kernel does what it is known and documented to do instead of what the RFC says. */
    DEVIATES,
    /** This kernel or host lacks something, named. */
    UNSUPPORTED,
    /** Culvert could not observe. */
    BROKEN,
    /** The kernel or the configuration is wrong. */
    FAIL;

    /** The worse of the two. */
    public Outcome worse(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
