package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes Debian's kernel bootable with a module replaced; uses the user's cache for what is downloaded. */
class KernelImageIT {

    private final LabCache downloads = LabCache.ofUser(System.getenv());

    @TempDir
    private Path directory;

    private RootImage root;
    private DebianKernel shipped;

    @BeforeEach
    void download() throws Exception {
        root = RootImage.ensure(downloads, phase -> {});
        shipped = DebianKernel.ensure(downloads, "trixie", phase -> {});
    }

    @Test
    void replacesTheModuleWhoseNameIsSpelledOtherwise() throws Exception {
        // In the kernel's tree it is called xt_mark.ko; to modprobe both names are one.
        Path module = Files.copy(shippedModule("xt_mark"), directory.resolve("xt-mark.ko.xz"));

        KernelImage kernel = make(List.of(module));

        assertThat(listing(kernel)).anyMatch(file -> file.endsWith("/updates/xt-mark.ko"));
        assertThat(listing(kernel)).noneMatch(file -> file.endsWith("/xt_mark.ko"));
        assertThat(kernel.knownToBoot()).isFalse();
    }

    @Test
    void keepsWhatALabCanNeedAndNothingElse() throws Exception {
        KernelImage kernel = make(List.of());

        assertThat(listing(kernel)).anyMatch(file -> file.endsWith("/kernel/net/ipv4/ipip.ko"));
        assertThat(listing(kernel)).noneMatch(file -> file.contains("/kernel/net/bluetooth/"));
        assertThat(Files.size(kernel.initramfs())).isBetween(1L << 19, 1L << 23);
        assertThat(kernel.knownToBoot()).isTrue();
    }

    private KernelImage make(List<Path> replaced) throws Exception {
        return KernelImage.of(new LabCache(directory.resolve("cache")), root, shipped, replaced, phase -> {});
    }

    private Path shippedModule(String name) throws Exception {
        try (Stream<Path> files = Files.walk(shipped.modules())) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + ".ko"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> listing(KernelImage kernel) throws Exception {
        Process list =
                new ProcessBuilder("unsquashfs", "-l", kernel.modulesDisk().toString()).start();
        return new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
