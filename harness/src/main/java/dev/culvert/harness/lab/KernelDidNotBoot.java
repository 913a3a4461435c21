package dev.culvert.harness.lab;

import java.util.List;

/** The kernel under test did not reach its first program in time. */
public final class KernelDidNotBoot extends LabException {

    private final List<String> lastConsoleLines;
    private final boolean emulatorMayBeToBlame;

    KernelDidNotBoot(String version, String reason, List<String> lastConsoleLines) {
        this(version, reason, lastConsoleLines, false);
    }

    /**
     * A boot that came to no end.
     *
     * @param emulatorMayBeToBlame whether another boot of the same kernel may well succeed
     */
    KernelDidNotBoot(String version, String reason, List<String> lastConsoleLines, boolean emulatorMayBeToBlame) {
        super("kernel %s did not boot: %s. The last console lines:\n  %s"
                .formatted(
                        version,
                        reason,
                        lastConsoleLines.isEmpty() ? "(none)" : String.join("\n  ", lastConsoleLines)));
        this.lastConsoleLines = List.copyOf(lastConsoleLines);
        this.emulatorMayBeToBlame = emulatorMayBeToBlame;
    }

    boolean emulatorMayBeToBlame() {
        return emulatorMayBeToBlame;
    }

    /** Returns the end of the serial console, oldest line first; empty when the kernel never wrote any. */
    public List<String> lastConsoleLines() {
        return lastConsoleLines;
    }
}
