package dev.culvert.harness.lab;

import java.nio.file.Path;
import java.util.List;

/** Which kernel is under test. */
public sealed interface KernelChoice {

    /** Returns the module files that replace those of the same name in the kernel; none by default. */
    List<Path> replacedModules();

    /**
     * The kernel of a Debian suite.
     *
     * @param series its series: {@code 6.12} (Debian 13) or {@code 6.1} (Debian 12)
     */
    record Debian(String series, List<Path> replacedModules) implements KernelChoice {

        /** The series that are known. */
        public static final List<String> SERIES = List.of("6.12", "6.1");

        /**
         * Checks the series.
         *
         * @throws IllegalArgumentException when it is none of {@link #SERIES}
         */
        public Debian {
            if (!SERIES.contains(series)) {
                throw new IllegalArgumentException(
                        "kernel: \"%s\" is not a series that Debian has here; allowed: %s, or a kernel image"
                                .formatted(series, String.join(", ", SERIES)));
            }
            replacedModules = List.copyOf(replacedModules);
        }

        /** Returns the suite whose kernel it is. */
        String suite() {
            return series.equals("6.12") ? "trixie" : "bookworm";
        }
    }

    /**
     * A kernel of one's own.
     *
     * @param image the bootable image, such as {@code arch/x86/boot/bzImage}
     * @param modules its modules directory, named after its version, such as {@code /lib/modules/6.18.0}
     */
    record Image(Path image, Path modules, List<Path> replacedModules) implements KernelChoice {

        /** Takes the paths as they are; whether they are good is seen when the kernel is made bootable. */
        public Image {
            replacedModules = List.copyOf(replacedModules);
        }
    }
}
