package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;

/** A command that had to succeed did not. */
public final class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient CommandRecord result;

    CommandFailed(CommandRecord result) {
        super(describe(result));
        this.result = result;
    }

    public CommandRecord result() {
        return result;
    }

    /** One line: where, what, how it ended, and what it said. */
    static String describe(CommandRecord result) {
        String ending = result.timedOut()
                ? "was killed after " + result.durationNanos() / 1_000_000 + " ms"
                : "ended with status " + result.exit();
        String said = result.stderr().isBlank() ? result.stdout() : result.stderr();
        return result.place().id() + ": \"" + String.join(" ", result.argv()) + "\" " + ending + ": " + said.strip();
    }
}
