package dev.culvert.harness.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kernel made bootable on the root disk.
 *
 * @param entry its files and what it is known by
 * @param version its version, as {@code uname -r} has it
 * @param knownToBoot whether it is Debian's, just as it is
 */
record KernelImage(LabCache.Entry entry, String version, boolean knownToBoot) {

    private static final BundledScript SCRIPT = new BundledScript("kernel-image.sh");
    private static final Resource FIRST_INIT = new Resource("first-init");

    static KernelImage of(LabCache cache, RootImage root, DebianKernel shipped, List<Path> replaced, Progress progress)
            throws IOException, LabException, InterruptedException {
        String identity = shipped.entry().identity();
        LabCache.Entry entry = ensure(cache, root, shipped.image(), shipped.modules(), identity, replaced, progress);
        return new KernelImage(entry, versionOf(entry), replaced.isEmpty());
    }

    static KernelImage of(LabCache cache, RootImage root, KernelChoice.Image own, Progress progress)
            throws IOException, LabException, InterruptedException {
        String identity =
                new Fingerprint().add(own.image()).add(listing(own.modules())).key();
        LabCache.Entry entry =
                ensure(cache, root, own.image(), own.modules(), identity, own.replacedModules(), progress);
        return new KernelImage(entry, versionOf(entry), false);
    }

    private static LabCache.Entry ensure(
            LabCache cache,
            RootImage root,
            Path image,
            Path modules,
            String identity,
            List<Path> replaced,
            Progress progress)
            throws IOException, LabException, InterruptedException {
        Fingerprint fingerprint = new Fingerprint()
                .add(SCRIPT.script().text())
                .add(FIRST_INIT.text())
                .add(root.entry().identity())
                .add(identity);
        for (Path module : replaced) {
            fingerprint.add(module.getFileName().toString()).add(module);
        }
        return cache.ensure("kernel", fingerprint.key(), directory -> {
            Path init = FIRST_INIT.into(directory);
            List<String> arguments = new ArrayList<>();
            for (Path path : List.of(image, modules, root.busybox(), init, directory)) {
                arguments.add(path.toAbsolutePath().toString());
            }
            replaced.forEach(module -> arguments.add(module.toAbsolutePath().toString()));
            SCRIPT.run(arguments, progress);
        });
    }

    private static String versionOf(LabCache.Entry entry) throws IOException {
        return Files.readString(entry.directory().resolve("version")).strip();
    }

    Path image() {
        return entry.directory().resolve("image");
    }

    Path initramfs() {
        return entry.directory().resolve("initramfs");
    }

    /** Returns the read-only disk with its modules. */
    Path modulesDisk() {
        return entry.directory().resolve("modules.squashfs");
    }

    /** Returns names, sizes and times of all files: reading hundreds of megabytes at each start would take too long. */
    private static String listing(Path modules) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(modules)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.add(modules.relativize(file) + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        lines.sort(null);
        return String.join("\n", lines);
    }
}
