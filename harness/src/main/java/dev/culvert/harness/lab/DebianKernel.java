package dev.culvert.harness.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A kernel as Debian ships it.
 *
 * @param entry its files and what it is known by
 */
record DebianKernel(LabCache.Entry entry) {

    private static final String KIND = "debian-kernel";
    private static final BundledScript SCRIPT = new BundledScript("debian-kernel.sh");

    static DebianKernel ensure(LabCache cache, String suite, Progress progress)
            throws IOException, LabException, InterruptedException {
        return new DebianKernel(cache.ensure(
                KIND, key(suite), directory -> SCRIPT.run(List.of(suite, directory.toString()), progress)));
    }

    /** Returns the kernel of a suite if an earlier run has left it in the cache. */
    static Optional<DebianKernel> cached(LabCache cache, String suite) {
        return cache.find(KIND, key(suite)).map(DebianKernel::new);
    }

    private static String key(String suite) {
        return new Fingerprint().add(SCRIPT.script().text()).add(suite).key();
    }

    /** Returns the configuration it was built with. */
    Path config() {
        return entry.directory().resolve("config");
    }

    Path image() {
        return entry.directory().resolve("image");
    }

    /** Returns its modules directory, named after its version. */
    Path modules() {
        Path parent = entry.directory().resolve("modules");
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(parent)) {
            Iterator<Path> each = versions.iterator();
            if (!each.hasNext()) {
                throw new IllegalStateException(parent + " is empty");
            }
            return each.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
