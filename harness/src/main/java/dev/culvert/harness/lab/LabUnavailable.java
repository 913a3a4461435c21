package dev.culvert.harness.lab;

import java.util.List;
import java.util.stream.Collectors;

/** No lab, although everything was tried: each attempt comes with its own reason. */
public final class LabUnavailable extends LabException {

    private final List<Attempt> attempts;

    /**
     * One thing that was tried.
     *
     * @param what what was tried
     * @param reason why it did not work, and what to do about it
     */
    public record Attempt(String what, String reason) {}

    LabUnavailable(List<Attempt> attempts) {
        super(attempts.stream()
                .map(attempt -> attempt.what() + ": " + attempt.reason())
                .collect(Collectors.joining("\n  ", "no lab:\n  ", "")));
        this.attempts = List.copyOf(attempts);
    }

    LabUnavailable(String what, String reason) {
        this(List.of(new Attempt(what, reason)));
    }

    /** Returns what was tried, in order. */
    public List<Attempt> attempts() {
        return attempts;
    }
}
