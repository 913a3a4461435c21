package dev.culvert.harness.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The one root file system of all labs, made of Debian packages.
 *
 * @param entry its files and what it is known by
 */
record RootImage(LabCache.Entry entry) {

    private static final BundledScript SCRIPT = new BundledScript("root-image.sh");

    static RootImage ensure(LabCache cache, Progress progress) throws IOException, LabException, InterruptedException {
        String key = new Fingerprint().add(SCRIPT.script().text()).key();
        return new RootImage(
                cache.ensure("root", key, directory -> SCRIPT.run(List.of(directory.toString()), progress)));
    }

    /** Returns the read-only disk with Docker engine and tools. */
    Path disk() {
        return entry.directory().resolve("root.squashfs");
    }

    /** Returns a static busybox. */
    Path busybox() {
        return entry.directory().resolve("busybox");
    }

    /** Returns the same without the engine, as an image for servers. */
    NodeImage nodeImage() {
        String tag = new Fingerprint().add(entry.identity()).key();
        return new NodeImage(entry.directory().resolve("node.tar"), "culvert/node:" + tag);
    }
}
