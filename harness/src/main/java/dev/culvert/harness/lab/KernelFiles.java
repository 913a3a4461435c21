package dev.culvert.harness.lab;

import dev.culvert.harness.lab.LabUnavailable.Attempt;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that somebody names as their kernel, looked at before anything is built for them.
 *
 * @param choice the choice that names them
 */
record KernelFiles(KernelChoice choice) {

    // Documentation/arch/x86/boot.rst of Linux: "Magic signature", at 0x202 of a bzImage since boot protocol 2.00.
    private static final int MAGIC_OFFSET = 0x202;
    private static final String MAGIC = "HdrS";

    /**
     * Checks all of them.
     *
     * @throws LabUnavailable with each file that is not what it should be
     */
    void check() throws LabUnavailable {
        List<Attempt> wrong = new ArrayList<>();
        if (choice instanceof KernelChoice.Image own) {
            fault(own.image())
                    .ifPresent(fault -> wrong.add(new Attempt("kernel image \"" + own.image() + "\"", fault)));
            if (!Files.isDirectory(own.modules().resolve("kernel"))
                    && !Files.isDirectory(own.modules().resolve("updates"))) {
                wrong.add(new Attempt(
                        "modules directory \"" + own.modules() + "\"",
                        "has no kernel/ in it; give what \"make modules_install\" writes: …/lib/modules/VERSION"));
            }
        }
        for (Path module : choice.replacedModules()) {
            if (!Files.isReadable(module) || !module.toString().matches(".*\\.ko(\\.(xz|gz|zst))?")) {
                wrong.add(new Attempt("module \"" + module + "\"", "is no readable .ko file"));
            }
        }
        if (!wrong.isEmpty()) {
            throw new LabUnavailable(wrong);
        }
    }

    private static Optional<String> fault(Path image) {
        if (!Files.isRegularFile(image)) {
            return Optional.of("is no file");
        }
        try (InputStream input = Files.newInputStream(image)) {
            input.skipNBytes(MAGIC_OFFSET);
            String magic = new String(input.readNBytes(MAGIC.length()), StandardCharsets.ISO_8859_1);
            return magic.equals(MAGIC) ? Optional.empty() : Optional.of(noKernel());
        } catch (EOFException e) {
            return Optional.of(noKernel());
        } catch (IOException e) {
            return Optional.of("is not readable: " + e.getMessage());
        }
    }

    private static String noKernel() {
        return "is no bootable kernel: no \"%s\" at offset 0x%x; give the bzImage, not the vmlinux it is made from"
                .formatted(MAGIC, MAGIC_OFFSET);
    }
}
