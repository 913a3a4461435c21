package dev.culvert.harness.lab;

/** Whether a lab can go on. */
public sealed interface LabHealth {

    /** The engine answers. */
    record Answering() implements LabHealth {}

    /**
     * The machine is gone: it panicked, or its process ended.
     *
     * @param reason what is known about its end
     */
    record Ended(String reason) implements LabHealth {}

    /**
     * The machine is there, but its engine does not answer.
     *
     * @param reason what was awaited, how long, and the last thing seen
     */
    record Hung(String reason) implements LabHealth {}
}
