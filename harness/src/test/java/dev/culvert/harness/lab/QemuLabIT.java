package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.culvert.harness.lab.KernelComplaint.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Boots real kernels; uses the user's cache, as every run does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QemuLabIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final LabCache cache = LabCache.ofUser(System.getenv());
    private QemuTemplate template;

    @BeforeAll
    void bootOnce() throws Exception {
        template = QemuTemplate.ensure(cache, debian("6.12"), 2, new NothingPrepared(), phase -> {});
    }

    @Test
    void forksAnEngineThatAnswersOnTheKernelUnderTest() throws Exception {
        try (QemuLab lab = template.fork()) {
            lab.go();
            lab.awaitEngine();

            assertThat(template.kernelVersion()).startsWith("6.12.");
            assertThat(version(lab)).contains("\"KernelVersion\":\"" + template.kernelVersion() + "\"");
            assertThat(lab.health(LIMIT)).isInstanceOf(LabHealth.Answering.class);
            assertThat(lab.console().orElseThrow().complaints()).isEmpty();
        }
    }

    private static String version(QemuLab lab) throws IOException {
        return new DockerEngine(lab.endpoint())
                .request("GET", "/version", null, LIMIT)
                .body();
    }

    @Test
    void givesEachForkAMachineAndAGenerationOfItsOwn() throws Exception {
        try (QemuLab one = template.fork();
                QemuLab other = template.fork()) {
            one.go();
            other.go();
            assertThat(one.endpoint().host()).isNotEqualTo(other.endpoint().host());
            for (QemuLab lab : List.of(one, other)) {
                await().atMost(LIMIT)
                        .untilAsserted(
                                () -> assertThat(lab.console().orElseThrow().text())
                                        .contains("crng reseeded due to virtual machine fork"));
            }
        }
    }

    @Test
    void leavesNothingOfAForkBehind() throws Exception {
        QemuLab lab = template.fork();
        lab.go();
        Path directory = lab.machine().directory();

        lab.close();

        assertThat(directory).doesNotExist();
        assertThat(lab.health(Duration.ofSeconds(1))).isInstanceOf(LabHealth.Ended.class);
    }

    @Test
    void tellsAKernelThatPanickedWithWhatItSaid() throws Exception {
        try (QemuLab lab = template.fork()) {
            lab.go();
            lab.machine().tell("sysrq c");

            await().atMost(LIMIT)
                    .until(() -> lab.health(Duration.ofSeconds(1)) instanceof LabHealth.Ended ended
                            && ended.reason().contains("sysrq triggered crash"));
            assertThat(lab.console().orElseThrow().complaints())
                    .extracting(KernelComplaint::kind)
                    .containsExactly(Kind.PANIC);
        }
        try (QemuLab fresh = template.fork()) {
            fresh.go();
            assertThat(fresh.health(LIMIT)).isInstanceOf(LabHealth.Answering.class);
        }
    }

    @Test
    void tellsAMachineThatHangs() throws Exception {
        try (QemuLab lab = template.fork()) {
            lab.go();
            lab.machine().pause();

            assertThat(lab.health(Duration.ofSeconds(1))).isInstanceOf(LabHealth.Hung.class);
        }
    }

    @Test
    void isAnEngineForTheOtherKindOfLab() throws Exception {
        try (QemuLab lab = template.fork()) {
            lab.go();
            lab.awaitEngine();
            try (DockerLab docker = DockerLab.open(cache, lab.endpoint().environment(), phase -> {})) {
                assertThat(docker.nodeImage()).isEqualTo(lab.nodeImage());
                assertThat(docker.console()).isEmpty();
                assertThat(docker.health(LIMIT)).isInstanceOf(LabHealth.Answering.class);
            }
        }
    }

    @Test
    void bootsDebiansOlderKernel() throws Exception {
        QemuTemplate older = QemuTemplate.ensure(cache, debian("6.1"), 2, new NothingPrepared(), phase -> {});

        try (QemuLab lab = older.fork()) {
            lab.go();
            lab.awaitEngine();
            assertThat(version(lab)).contains("\"KernelVersion\":\"6.1.");
        }
    }

    @Test
    void saysWhatAKernelLacksToReachItsDisks(@TempDir Path directory) throws Exception {
        Path image = DebianKernel.ensure(cache, "trixie", phase -> {}).image();
        Path noModules = directory.resolve("6.12.0-bare");
        Files.createDirectories(noModules.resolve("kernel/net"));
        KernelChoice bare = new KernelChoice.Image(image, noModules, List.of());

        KernelDidNotBoot refusal = catchThrowableOfType(
                KernelDidNotBoot.class, () -> QemuTemplate.ensure(cache, bare, 2, new NothingPrepared(), phase -> {}));

        assertThat(refusal.lastConsoleLines())
                .anySatisfy(line -> assertThat(line).contains("the kernel needs virtio_pci and virtio_blk"));
    }

    private static KernelChoice debian(String series) {
        return new KernelChoice.Debian(series, List.of());
    }

    private record NothingPrepared() implements LabPreparer {
        @Override
        public void prepare(Lab lab) {}

        @Override
        public String key() {
            return "nothing";
        }
    }
}
