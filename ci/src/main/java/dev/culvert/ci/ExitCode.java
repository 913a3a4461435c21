package dev.culvert.ci;

/** What the exit status says; documented in the README and kept stable. */
final class ExitCode {

    /** No requirement failed. */
    static final int OK = 0;
    /** A requirement failed; with {@code --strict} also when one deviates. */
    static final int REQUIREMENT_FAILED = 1;
    /** Bad usage or input. */
    static final int BAD_INPUT = 2;
    /** Culvert or the lab is broken. */
    static final int BROKEN = 3;

    private ExitCode() {}
}
