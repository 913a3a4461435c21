package dev.culvert.harness.run;

import dev.culvert.harness.lab.Accelerator;
import dev.culvert.harness.lab.DockerLab;
import dev.culvert.harness.lab.EmulatorFault;
import dev.culvert.harness.lab.KernelChoice;
import dev.culvert.harness.lab.KernelComplaint;
import dev.culvert.harness.lab.KernelContents;
import dev.culvert.harness.lab.Lab;
import dev.culvert.harness.lab.LabCache;
import dev.culvert.harness.lab.LabException;
import dev.culvert.harness.lab.Progress;
import dev.culvert.harness.lab.QemuTemplate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where labs come from: forks of a template, or the one engine that the environment names. */
public interface LabSupply {

    /** Opens a lab, one more each time; it is to be told to go on: {@link Lab#go()}. */
    Lab open() throws LabException, InterruptedException;

    /** How often it is tried to bring a lab to life: an emulated machine may be lost in its first moment. */
    int attempts();

    /** What the labs are, for people and for the evidence: {@code qemu (tcg, 2 processors)}, {@code docker}. */
    String description();

    /** The kernel's release, as far as it is known before a server runs. */
    String kernel();

    /** What the kernel has, as far as it is known before a server runs. */
    Optional<KernelContents> contents();

    /** How long servers go on without word from a worker; zero, for ever, where they end with the lab. */
    Duration lease();

    /** What lost a lab, where that was its emulator and says nothing of the kernel. */
    Optional<KernelComplaint> emulatorFault(Lab lab);

    /**
     * The supply of labs of a kind. Builds what the cache lacks, which takes minutes the first time.
     *
     * @param labs how many there are to be at the same time
     */
    static LabSupply of(LabKind lab, KernelChoice kernel, int labs, LabCache cache, Path logs, Progress progress)
            throws LabException, InterruptedException {
        return switch (lab) {
            case QEMU -> {
                int processors = processorsEach(labs, Runtime.getRuntime().availableProcessors());
                QemuTemplate template =
                        QemuTemplate.ensure(cache, kernel, processors, new ServerPreparer(logs), progress);
                // Read while the first lab comes to life; it is needed when the first topology is at hand.
                yield new Forks(template, CompletableFuture.supplyAsync(() -> KernelContents.of(kernel, cache)));
            }
            case DOCKER -> new Engine(cache, System.getenv(), progress);
        };
    }

    /**
     * How many processors each lab has. Where labs that work side by side fill the machine, a second one brings nothing, and makes an
     * emulator keep two in step. A lab alone has two, so that both ends of a transfer go on at the same time.
     */
    static int processorsEach(int labs, int available) {
        return labs > 1 && labs >= available ? 1 : 2;
    }

    /**
     * Forks of one template.
     *
     * @param reading what the kernel's files say
     */
    record Forks(QemuTemplate template, CompletableFuture<Optional<KernelContents>> reading) implements LabSupply {

        @Override
        public Optional<KernelContents> contents() {
            return reading.join();
        }

        @Override
        public Lab open() throws LabException, InterruptedException {
            return template.fork();
        }

        @Override
        public int attempts() {
            return 3;
        }

        @Override
        public String description() {
            return "qemu (%s, %s)"
                    .formatted(
                            template.accelerator().name().toLowerCase(Locale.ROOT),
                            template.processors() == 1 ? "1 processor" : template.processors() + " processors");
        }

        @Override
        public String kernel() {
            return template.kernelVersion();
        }

        @Override
        public Duration lease() {
            return Duration.ZERO;
        }

        @Override
        public Optional<KernelComplaint> emulatorFault(Lab lab) {
            return template.accelerator() == Accelerator.TCG
                    ? lab.console().flatMap(console -> EmulatorFault.in(console.complaints()))
                    : Optional.empty();
        }
    }

    /** The engine that an environment names. */
    record Engine(LabCache cache, Map<String, String> environment, Progress progress) implements LabSupply {

        private static final Duration LEASE = Duration.ofSeconds(4);

        @Override
        public Lab open() throws LabException, InterruptedException {
            return DockerLab.open(cache, environment, progress);
        }

        @Override
        public int attempts() {
            return 1;
        }

        @Override
        public String description() {
            return "docker";
        }

        @Override
        public String kernel() {
            return "the engine's";
        }

        @Override
        public Optional<KernelContents> contents() {
            return Optional.empty();
        }

        @Override
        public Duration lease() {
            return LEASE;
        }

        @Override
        public Optional<KernelComplaint> emulatorFault(Lab lab) {
            return Optional.empty();
        }
    }
}
