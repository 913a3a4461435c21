package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootTest {

    /** What a console of QEMU 7.2 said, shortened: the kernel patches its own code while it boots, too. */
    private static final String LOST = """
            [    2.078101] Oops: int3: 0000 [#1] PREEMPT SMP NOPTI
            [    2.078265] RIP: 0010:sched_clock_cpu+0x9/0x1d0
            [    2.078287] Code: 90 90 f3 0f 1e fa 41 54 55 53 66 <90> e8 b1 ef f0 ff 48 03 05 22 71 d2 01
            [    2.079608] Modules linked in:
            [    2.080168] ---[ end trace 0000000000000000 ]---
            [    2.080554] Kernel panic - not syncing: Fatal exception in interrupt
            """;

    private static final String NO_ROOT = """
            [    2.213411] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)
            [    2.213433] CPU: 0 UID: 0 PID: 1 Comm: swapper/0 Not tainted 6.12.118+deb13-amd64 #1  Debian 6.12.118-1
            """;

    @TempDir
    private Path directory;

    @Test
    void whatItsEmulatorLostIsTriedAgain() throws IOException {
        assertThat(failure(Accelerator.TCG, LOST))
                .isInstanceOf(LabUnavailable.class)
                .hasMessageContaining("kernel 6.12: its machine ended: its emulator executed a breakpoint")
                .hasMessageContaining("sched_clock_cpu");
    }

    @Test
    void aKernelThatEndsByItselfIsNot() throws IOException {
        assertThat(failure(Accelerator.TCG, NO_ROOT))
                .isInstanceOf(KernelDidNotBoot.class)
                .hasMessageContaining("its machine ended")
                .hasMessageContaining("Unable to mount root fs");
    }

    @Test
    void noEmulatorIsBlamedWhereThereIsNone() throws IOException {
        assertThat(failure(Accelerator.KVM, LOST)).isInstanceOf(KernelDidNotBoot.class);
    }

    @Test
    void aBootThatStandsStillMayBeItsEmulators() throws IOException {
        String silent = "[    1.808595] clocksource: Switched to clocksource tsc-early\n";

        assertThat(stoodStill(Accelerator.TCG, silent).emulatorMayBeToBlame()).isTrue();
        assertThat(stoodStill(Accelerator.KVM, silent).emulatorMayBeToBlame()).isFalse();
        assertThat(stoodStill(Accelerator.TCG, silent + NO_ROOT).emulatorMayBeToBlame())
                .isFalse();
    }

    private KernelDidNotBoot stoodStill(Accelerator accelerator, String console) throws IOException {
        Path file = Files.writeString(directory.resolve("console"), console);
        return Boot.stoodStill("6.1", accelerator, new KernelConsole(file));
    }

    private LabException failure(Accelerator accelerator, String console) throws IOException {
        Path file = Files.writeString(directory.resolve("console"), console);
        return Boot.failure("6.12", "its machine ended", accelerator, new KernelConsole(file));
    }
}
