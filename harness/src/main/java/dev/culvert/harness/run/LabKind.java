package dev.culvert.harness.run;

import java.util.Arrays;
import java.util.Locale;

/** Where the servers run. */
public enum LabKind {
    /** A machine of our own under QEMU, booted with the kernel under test. */
    QEMU,
    /** The engine that {@code DOCKER_HOST} or the local socket names, on its own kernel. */
    DOCKER;

    /** The kind of that id; throws {@link IllegalArgumentException} naming those there are. */
    public static LabKind of(String id) {
        return Arrays.stream(values())
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + id + "\" is no lab; there are qemu and docker"));
    }

    /** How it is written on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
