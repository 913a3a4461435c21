package dev.culvert.harness.lab;

import dev.culvert.harness.lab.LabUnavailable.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a QEMU lab needs of the machine it runs on.
 *
 * @param environment the environment, for {@code PATH}
 */
public record HostTools(Map<String, String> environment) {

    private static final long DISK_BYTES = 3L << 30;
    private static final long MEMORY_BYTES = 1L << 30;

    /**
     * A program that must be there.
     *
     * @param program its name
     * @param debianPackage the Debian package that has it
     */
    public record Tool(String program, String debianPackage) {}

    /** Everything that is run. */
    public static final List<Tool> NEEDED = List.of(
            new Tool(QemuCommand.PROGRAM, "qemu-system-x86"),
            new Tool("mmdebstrap", "mmdebstrap"),
            new Tool("mmtarfilter", "mmdebstrap"),
            new Tool("sqfstar", "squashfs-tools"),
            new Tool("mksquashfs", "squashfs-tools"),
            new Tool("depmod", "kmod"),
            new Tool("openssl", "openssl"),
            new Tool("xz", "xz-utils"),
            new Tool("zstd", "zstd"),
            new Tool("setsid", "util-linux"),
            new Tool("setpriv", "util-linux"));

    /** What is run besides by anybody but root: packages are unpacked in a user namespace then. */
    public static final Tool NEEDED_WITHOUT_ROOT = new Tool("newuidmap", "uidmap");

    /** Returns what is not there. */
    public List<Tool> missing() {
        boolean root = System.getProperty("user.name").equals("root");
        return Stream.concat(NEEDED.stream(), root ? Stream.empty() : Stream.of(NEEDED_WITHOUT_ROOT))
                .filter(tool -> !isThere(tool.program()))
                .toList();
    }

    /**
     * Checks everything at once.
     *
     * @param cache where the cache is or will be
     * @throws LabUnavailable with each thing that is missing, and what to do about it
     */
    void require(Path cache) throws LabUnavailable {
        List<Attempt> wrong = new ArrayList<>();
        for (Tool tool : missing()) {
            wrong.add(new Attempt(
                    tool.program(), "not found in PATH; install the Debian package " + tool.debianPackage()));
        }
        String architecture = System.getProperty("os.arch");
        if (!architecture.equals("amd64")) {
            wrong.add(new Attempt("architecture", "\"" + architecture + "\" is not supported; labs run on amd64"));
        }
        try {
            checkDisk(cache, wrong);
            checkMemory(wrong);
        } catch (IOException e) {
            wrong.add(new Attempt("space", String.valueOf(e.getMessage())));
        }
        if (!wrong.isEmpty()) {
            throw new LabUnavailable(wrong);
        }
    }

    private static void checkDisk(Path cache, List<Attempt> wrong) {
        Path existing = cache.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        // A FileStore would have to be found in the mount table, which a chroot shows in part.
        long free = existing.toFile().getUsableSpace();
        // What is built already needs no more room.
        if (free < DISK_BYTES && !Files.isDirectory(cache.resolve("template"))) {
            wrong.add(new Attempt(
                    "disk",
                    "%d MB free at \"%s\", a lab needs %d MB; set XDG_CACHE_HOME to a larger disk"
                            .formatted(free >> 20, existing, DISK_BYTES >> 20)));
        }
    }

    private static void checkMemory(List<Attempt> wrong) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            if (line.startsWith("MemAvailable:")) {
                long bytes = Long.parseLong(line.replaceAll("\\D", "")) << 10;
                if (bytes < MEMORY_BYTES) {
                    wrong.add(new Attempt(
                            "memory", "%d MB available, a lab needs %d MB".formatted(bytes >> 20, MEMORY_BYTES >> 20)));
                }
            }
        }
    }

    private boolean isThere(String program) {
        for (String directory : environment.getOrDefault("PATH", "").split(":", -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
