package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFilesTest {

    @TempDir
    private Path directory;

    private Path image;
    private Path modules;
    private Path module;

    @BeforeEach
    void writeWhatIsRight() throws IOException {
        byte[] kernel = new byte[0x1000];
        // "HdrS", the magic of Linux' boot protocol.
        System.arraycopy(new byte[] {0x48, 0x64, 0x72, 0x53}, 0, kernel, 0x202, 4);
        image = Files.write(directory.resolve("bzImage"), kernel);
        modules = directory.resolve("6.18.0");
        Files.createDirectories(modules.resolve("kernel"));
        module = Files.write(directory.resolve("ipip.ko"), new byte[1]);
    }

    @Test
    void acceptsAKernelItsModulesAndAReplacement() {
        assertThatCode(() -> check(image, modules, module)).doesNotThrowAnyException();
    }

    @Test
    void saysThatAFileIsNoKernel() throws IOException {
        Path vmlinux = Files.write(directory.resolve("vmlinux"), new byte[0x1000]);

        assertThatThrownBy(() -> check(vmlinux, modules, module))
                .hasMessageContaining("\"" + vmlinux + "\": is no bootable kernel")
                .hasMessageContaining("give the bzImage");
    }

    @Test
    void saysThatAnEmptyFileIsNoKernel() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));

        assertThatThrownBy(() -> check(empty, modules, module)).hasMessageContaining("is no bootable kernel");
    }

    @Test
    void namesEveryFaultAtOnce() {
        Path none = directory.resolve("none");

        assertThatThrownBy(() -> check(none, none, none))
                .hasMessageContaining("kernel image \"" + none + "\": is no file")
                .hasMessageContaining("modules directory \"" + none + "\": has no kernel/ in it")
                .hasMessageContaining("module \"" + none + "\": is no readable .ko file");
    }

    private static void check(Path image, Path modules, Path module) throws LabUnavailable {
        new KernelFiles(new KernelChoice.Image(image, modules, List.of(module))).check();
    }
}
