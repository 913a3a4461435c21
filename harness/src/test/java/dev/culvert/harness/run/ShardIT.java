package dev.culvert.harness.run;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.Completion;
import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.evidence.EarlierLoss;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.EvidenceDirectory;
import dev.culvert.harness.lab.KernelChoice;
import dev.culvert.harness.lab.KernelComplaint;
import dev.culvert.harness.lab.KernelContents;
import dev.culvert.harness.lab.KernelLog;
import dev.culvert.harness.lab.Lab;
import dev.culvert.harness.lab.LabCache;
import dev.culvert.harness.lab.LabException;
import dev.culvert.harness.lab.QemuLab;
import dev.culvert.harness.lab.QemuTemplate;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Observes topologies for real: in labs that die, against another engine, on a kernel without the driver. */
class ShardIT {

    private static final LabCache CACHE = LabCache.ofUser(System.getenv());
    private static final Topology IPIP = Topologies.named("ipip");
    private static final Topology FALLBACK = Topologies.named("ipip-fallback");

    @TempDir
    private Path directory;

    @Test
    void goesOnInAFreshForkWhenTheKernelPanics() throws Exception {
        // Given a lab whose kernel panics at the first stimulus of the first topology
        Watched labs =
                new Watched(new LabSupply.Forks(template(), CompletableFuture.completedFuture(Optional.empty())));
        Recorder recorder = new Recorder(step -> {
            if (step.startsWith("ipip header")) {
                labs.panicFirst();
            }
        });

        // When two topologies are observed
        observe(labs, recorder, IPIP, FALLBACK);

        // Then the first is lost with the kernel's own words, and the second is observed
        assertThat(recorder.ends).hasSize(2);
        assertThat(recorder.ends.get(0)).isInstanceOf(Completion.Lost.class);
        assertThat(recorder.ends.get(1)).isInstanceOf(Completion.Observed.class);
        assertThat(KernelLog.complaints(
                        EvidenceDirectory.read(directory.resolve("ipip")).kernelLog()))
                .extracting(KernelComplaint::kind)
                .contains(KernelComplaint.Kind.PANIC);
        assertThat(labs.opened).hasSize(2);
    }

    @Test
    void observesOnceMoreWhatTheEmulatorLost() throws Exception {
        // Given a lab that is lost at the first stimulus, by the emulator for all that is known
        Watched labs =
                new Watched(new LabSupply.Forks(template(), CompletableFuture.completedFuture(Optional.empty())));
        labs.lostByEmulator = true;
        Recorder recorder = new Recorder(step -> {
            if (step.startsWith("ipip header")) {
                labs.panicFirst();
            }
        });

        // When the topology is observed
        observe(labs, recorder, IPIP);

        // Then that is done in another lab, and nothing is left of the first but word of its end
        assertThat(recorder.ends)
                .hasOnlyElementsOfType(Completion.Observed.class)
                .hasSize(1);
        Evidence evidence = EvidenceDirectory.read(directory.resolve("ipip"));
        assertThat(KernelLog.complaints(evidence.kernelLog())).isEmpty();
        assertThat(evidence.manifest().earlierLoss())
                .extracting(EarlierLoss::said, as(InstanceOfAssertFactories.STRING))
                .startsWith("Kernel panic");
        assertThat(labs.opened).hasSize(2);
    }

    @Test
    void losesWhatTheEmulatorLosesTwice() throws Exception {
        Watched labs =
                new Watched(new LabSupply.Forks(template(), CompletableFuture.completedFuture(Optional.empty())));
        labs.lostByEmulator = true;
        Recorder recorder = new Recorder(step -> {
            if (step.startsWith("ipip header")) {
                labs.panicLast();
            }
        });

        observe(labs, recorder, IPIP);

        assertThat(recorder.ends).hasOnlyElementsOfType(Completion.Lost.class).hasSize(1);
        assertThat(EvidenceDirectory.read(directory.resolve("ipip")).manifest().earlierLoss())
                .isNotNull();
        assertThat(labs.opened).hasSize(2);
    }

    /** Tunnel drivers make a device of their own in each network namespace, which takes longer than all the rest of one. */
    @Test
    void aHostHasNoDeviceOfATunnelDriver() throws Exception {
        Recorder recorder = new Recorder(step -> {});

        observe(
                new LabSupply.Forks(template(), CompletableFuture.completedFuture(Optional.empty())),
                recorder,
                FALLBACK);

        Evidence evidence = EvidenceDirectory.read(directory.resolve("ipip-fallback"));
        assertThat(evidence.configured(Place.H).links().findValuesAsText("ifname"))
                .containsExactly("lo", "eth0");
        assertThat(evidence.configured(Place.B).links().findValuesAsText("ifname"))
                .contains("tunl0");
    }

    @Test
    void leavesNoHalfConfiguredServerBehindWhenAStepIsRefused() throws Exception {
        // Given a topology whose last step the kernel refuses, when everything else is there
        Topology refused = Topologies.parse("refused.yaml", """
                name: refused
                underlay: {subnet: 198.51.100.0/24}
                tunnel: {kind: ipip, subnet: 203.0.113.0/24}
                b: {sysctls: {net.ipv4.conf.t1.nosuch: 1}}
                """);
        Watched labs =
                new Watched(new LabSupply.Forks(template(), CompletableFuture.completedFuture(Optional.empty())));
        Recorder recorder = new Recorder(step -> {});

        // When it is observed, and then another one
        observe(labs, recorder, refused, IPIP);

        // Then the step is named with the kernel's own words, and the other one has new servers
        assertThat(recorder.ends).hasSize(2);
        assertThat(recorder.ends.get(0))
                .isInstanceOfSatisfying(
                        Completion.Lost.class,
                        lost -> assertThat(lost.why())
                                .startsWith("b: settings of this topology: `sysctl -q -w net.ipv4.conf.t1.nosuch=1`")
                                .endsWith("No such file or directory"));
        assertThat(recorder.ends.get(1)).isInstanceOf(Completion.Observed.class);
        assertThat(labs.opened).hasSize(2);
    }

    @Test
    void observesOnAnyEngineThatTheEnvironmentNames() throws Exception {
        // Given an engine, here the one inside a lab
        QemuTemplate template = template();
        try (QemuLab engine = template.fork()) {
            assertThat(engine.agentPorts()).isPresent();
            engine.go();
            engine.awaitEngine();
            LabSupply supply = new LabSupply.Engine(CACHE, engine.endpoint().environment(), what -> {});
            Recorder recorder = new Recorder(step -> {});

            // When a topology is observed on it
            observe(supply, recorder, IPIP);

            // Then it is observed wholly, and the evidence says on what
            assertThat(recorder.ends).hasOnlyElementsOfType(Completion.Observed.class);
            assertThat(EvidenceDirectory.read(directory.resolve("ipip"))
                            .manifest()
                            .lab())
                    .isEqualTo("docker");
        }
    }

    @Test
    void namesTheModuleThatAKernelLacksBeforeAnyTraffic() throws Exception {
        // Given a kernel whose ipip driver cannot be loaded, nor that of the ports which lead to the agents
        List<Path> unusable = new ArrayList<>();
        for (String module : List.of("ipip.ko", "virtio_console.ko")) {
            unusable.add(Files.writeString(directory.resolve(module), "no module"));
        }
        QemuTemplate template = template("6.1", unusable);
        Recorder recorder = new Recorder(step -> {});

        // When a topology is observed on it
        observe(new LabSupply.Forks(template, CompletableFuture.completedFuture(Optional.empty())), recorder, IPIP);

        // Then the servers were reached through the engine, the module is named, and nothing was sent
        try (QemuLab lab = template.fork()) {
            assertThat(lab.agentPorts()).isEmpty();
        }
        assertThat(recorder.ends)
                .singleElement()
                .isInstanceOfSatisfying(
                        Completion.Lacking.class,
                        lacking -> assertThat(lacking.what()).contains("ipip"));
        assertThat(EvidenceDirectory.read(directory.resolve("ipip")).stimuli()).isEmpty();
    }

    @Test
    void triesNothingOnAKernelThatIsKnownToLackIt() throws Exception {
        // Given a kernel of whose files it is known that none is ipip's driver
        Path modules = Files.createDirectories(directory.resolve("6.18.0"));
        Files.writeString(
                modules.resolve("modules.builtin"), "kernel/drivers/net/veth.ko\nkernel/net/ipv4/tunnel4.ko\n");
        Path image = Files.writeString(directory.resolve("bzImage"), "");
        Optional<KernelContents> contents = KernelContents.of(new KernelChoice.Image(image, modules, List.of()), CACHE);
        Recorder recorder = new Recorder(step -> {});

        // When a topology is observed on it
        observe(new LabSupply.Forks(template(), CompletableFuture.completedFuture(contents)), recorder, IPIP);

        // Then what it lacks is named, and no server was told anything
        assertThat(recorder.ends)
                .singleElement()
                .isInstanceOfSatisfying(
                        Completion.Lacking.class,
                        lacking -> assertThat(lacking.what()).isEqualTo("the module ipip"));
        assertThat(EvidenceDirectory.read(directory.resolve("ipip")).commands())
                .noneMatch(command -> command.argv().contains("ipip"));
    }

    private QemuTemplate template() throws LabException, InterruptedException {
        return template("6.12", List.of());
    }

    private QemuTemplate template(String series, List<Path> replacedModules) throws LabException, InterruptedException {
        return QemuTemplate.ensure(
                CACHE,
                new KernelChoice.Debian(series, replacedModules),
                2,
                new ServerPreparer(directory.resolve("logs")),
                what -> {});
    }

    private void observe(LabSupply supply, ObservationListener listener, Topology... topologies) throws Exception {
        ObservationRequest request = new ObservationRequest(
                List.of(topologies),
                LabKind.QEMU,
                new KernelChoice.Debian("6.12", List.of()),
                ConfiguredBy.IPROUTE2,
                1,
                1,
                topology -> false,
                directory);
        new Shard(
                        1,
                        supply,
                        request,
                        new ArrayDeque<>(request.topologies().stream()
                                .map(Pending::first)
                                .toList()),
                        listener)
                .work();
    }

    /** Forks that are kept in mind, so that one can be made to panic. */
    private static final class Watched implements LabSupply {

        private final LabSupply forks;
        private final Queue<QemuLab> alive = new ArrayDeque<>();
        private final List<Lab> opened = new ArrayList<>();
        private boolean lostByEmulator;

        Watched(LabSupply forks) {
            this.forks = forks;
        }

        @Override
        public Lab open() throws LabException, InterruptedException {
            Lab lab = forks.open();
            opened.add(lab);
            if (opened.size() == 1) {
                alive.add((QemuLab) lab);
            }
            return lab;
        }

        @Override
        public int attempts() {
            return forks.attempts();
        }

        void panicFirst() {
            QemuLab lab = alive.poll();
            if (lab != null) {
                panic(lab);
            }
        }

        void panicLast() {
            panic((QemuLab) opened.get(opened.size() - 1));
        }

        private static void panic(QemuLab lab) {
            try {
                lab.panic();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<KernelComplaint> emulatorFault(Lab lab) {
            return lostByEmulator
                    ? lab.console().orElseThrow().complaints().stream().findFirst()
                    : forks.emulatorFault(lab);
        }

        @Override
        public String description() {
            return forks.description();
        }

        @Override
        public String kernel() {
            return forks.kernel();
        }

        @Override
        public Optional<KernelContents> contents() {
            return forks.contents();
        }

        @Override
        public Duration lease() {
            return forks.lease();
        }
    }

    /** Keeps how each topology ended. */
    private static final class Recorder implements ObservationListener {

        private final List<Completion> ends = new ArrayList<>();
        private final Consumer<String> steps;

        Recorder(Consumer<String> steps) {
            this.steps = steps;
        }

        @Override
        public void preparing(String what) {}

        @Override
        public void step(String topology, String what, int step, int of) {
            steps.accept(topology + " " + what);
        }

        @Override
        public void observed(String topology, Completion completion) {
            ends.add(completion);
        }
    }
}
