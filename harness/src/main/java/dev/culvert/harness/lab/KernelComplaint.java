package dev.culvert.harness.lab;

/**
 * Something a kernel said on its console that a healthy kernel never says.
 *
 * @param kind what it is
 * @param firstLine the line that says so, without its time stamp
 * @param excerpt that line and the trace around it, as they stand on the console
 */
public record KernelComplaint(Kind kind, String firstLine, String excerpt) {

    /** What a complaint is. */
    public enum Kind {
        /** The kernel stopped. */
        PANIC,
        /** A fault in kernel mode. */
        OOPS,
        /** A {@code BUG()}, or a finding of KASAN, UBSAN and their like. */
        BUG,
        /** A {@code WARN()}, or a finding of lockdep. */
        WARNING,
        /** A processor that did not schedule for long. */
        LOCKUP,
        /** A processor that kept RCU waiting. */
        RCU_STALL,
        /** A task that waited without interruption for long. */
        HUNG_TASK,
        /** A network device that something still refers to after its removal. */
        REFERENCE_LEAK,
        /** The machine ran out of memory. */
        OUT_OF_MEMORY
    }
}
