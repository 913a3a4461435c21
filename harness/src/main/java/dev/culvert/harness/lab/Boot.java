package dev.culvert.harness.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A machine on its way up.
 *
 * @param machine the machine
 * @param version the version of its kernel
 * @param accelerator what executes it
 */
record Boot(QemuMachine machine, String version, Accelerator accelerator) {

    /** What the guest's own programs print; see {@code first-init} and {@code guest-init}. */
    static final String FIRST_PROGRAM = "culvert: the first program runs";

    static final Duration KERNEL = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration ENGINE = Duration.ofMinutes(3);
    private static final int SHOWN_LINES = 30;

    /** Waits until the kernel has come as far as its first program. */
    void awaitFirstProgram() throws LabException, InterruptedException {
        boolean settled = new Patience(KERNEL, BETWEEN_LOOKS).until(() -> firstProgramRuns() || !machine.isAlive());
        if (!settled) {
            throw stoodStill(version, accelerator, machine.console());
        }
        if (!firstProgramRuns()) {
            throw didNotBoot("its machine ended " + String.join(" / ", machine.lastWords()));
        }
    }

    private boolean firstProgramRuns() {
        return machine.console().text().contains(FIRST_PROGRAM);
    }

    /** Waits until the Docker engine answers. */
    void awaitEngine(DockerEndpoint endpoint) throws IOException, LabException, InterruptedException {
        try {
            new DockerEngine(endpoint).await(ENGINE, machine::isAlive);
        } catch (LabUnavailable e) {
            if (!machine.isAlive()) {
                throw didNotBoot("its machine ended before the Docker engine was up");
            }
            throw new LabUnavailable("Docker engine in the guest", e.getMessage() + "\n    its log: " + engineLog());
        }
    }

    private String engineLog() {
        try {
            return new String(HexFormat.of().parseHex(machine.ask("log")), StandardCharsets.UTF_8).strip();
        } catch (IOException | IllegalArgumentException e) {
            return "not to be had: " + e.getMessage() + "; the console ends with: "
                    + String.join(" / ", machine.console().lastLines(3));
        }
    }

    private LabException didNotBoot(String reason) {
        return failure(version, reason.strip(), accelerator, machine.console());
    }

    /** A kernel was seen to stand still on two emulated processors without a word, which 32 boots of it after that did not; a second boot that does is its own fault. */
    static KernelDidNotBoot stoodStill(String version, Accelerator accelerator, KernelConsole console) {
        return new KernelDidNotBoot(
                version,
                "it did not reach its first program in " + KERNEL.toSeconds() + " s",
                console.lastLines(SHOWN_LINES),
                accelerator == Accelerator.TCG && console.complaints().isEmpty());
    }

    /** A kernel that did not boot will not; one that was lost by its emulator may the next time. */
    static LabException failure(String version, String reason, Accelerator accelerator, KernelConsole console) {
        Optional<KernelComplaint> fault =
                accelerator == Accelerator.TCG ? EmulatorFault.in(console.complaints()) : Optional.empty();
        return fault.<LabException>map(complaint -> new LabUnavailable(
                        "kernel " + version,
                        reason + ": its emulator executed a breakpoint that the kernel had taken back:\n"
                                + complaint.excerpt()))
                .orElseGet(() -> new KernelDidNotBoot(version, reason, console.lastLines(SHOWN_LINES)));
    }
}
