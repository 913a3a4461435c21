package dev.culvert.harness.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what executes guests on this machine.
 *
 * <p>A {@code /dev/kvm} that opens proves nothing: nested, QEMU may abort on a register that the outer hypervisor does
 * not have, or the guest may spin for ever. So the kernel is booted as far as its first program; what came of it is
 * remembered until the host is booted again.
 */
public final class AcceleratorProbe {

    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final LabCache cache;

    /** A probe that remembers in a cache. */
    public AcceleratorProbe(LabCache cache) {
        this.cache = cache;
    }

    /** Returns what was found out about this machine since it was booted, if anything was. */
    public Optional<AcceleratorReport> remembered() throws IOException {
        Path file = memory();
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** Returns what executes guests here; tries unless it is known. */
    AcceleratorReport probe(KernelImage kernel, Progress progress) throws IOException, InterruptedException {
        Optional<AcceleratorReport> known = remembered();
        if (known.isPresent()) {
            return known.get();
        }
        AcceleratorReport report = find(kernel, progress);
        if (report.accelerator() == Accelerator.TCG && !kernel.knownToBoot()) {
            // It may be the kernel that is to blame, so nothing is known about the machine.
            return report;
        }
        Path file = memory();
        Path fresh = Files.createTempFile(file.getParent(), "accelerator-", ".new");
        Files.writeString(fresh, report.accelerator() + "\n" + report.reason());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return report;
    }

    private static AcceleratorReport find(KernelImage kernel, Progress progress)
            throws IOException, InterruptedException {
        if (!Files.exists(DEVICE)) {
            return new AcceleratorReport(Accelerator.TCG, "this machine has no " + DEVICE);
        }
        try {
            FileChannel.open(DEVICE, StandardOpenOption.READ, StandardOpenOption.WRITE)
                    .close();
        } catch (IOException e) {
            return new AcceleratorReport(Accelerator.TCG, DEVICE + " does not open: " + e.getMessage());
        }
        progress.phase("trying KVM");
        return boot(kernel);
    }

    private static AcceleratorReport boot(KernelImage kernel) throws IOException, InterruptedException {
        try (GuardedDirectory directory = GuardedDirectory.temporary();
                GuardedProcess qemu = GuardedProcess.start(
                        directory.path(), QemuCommand.probe(Accelerator.KVM, kernel), Map.of(), line -> {})) {
            boolean ended = qemu.endsWithin(LIMIT);
            KernelConsole console = new KernelConsole(directory.path().resolve("console"));
            if (console.text().contains(Boot.FIRST_PROGRAM)) {
                return new AcceleratorReport(Accelerator.KVM, "a guest boots under KVM");
            }
            List<String> words = qemu.lastLines();
            return new AcceleratorReport(
                    Accelerator.TCG,
                    ended
                            ? "QEMU gave up under KVM: "
                                    + String.join(" / ", words.subList(0, Math.min(2, words.size())))
                            : "a guest under KVM did not reach its first program in %d s; its console ends with \"%s\""
                                    .formatted(LIMIT.toSeconds(), String.join(" / ", console.lastLines(1))));
        }
    }

    private static AcceleratorReport read(Path file) throws IOException {
        String[] lines = Files.readString(file).split("\n", 2);
        return new AcceleratorReport(Accelerator.valueOf(lines[0]), lines[1]);
    }

    private Path memory() throws IOException {
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        String key = new Fingerprint().add(boot).add(QemuCommand.version()).key();
        return Files.createDirectories(cache.root().resolve("accelerator")).resolve(key);
    }
}
