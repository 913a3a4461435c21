package dev.culvert.harness.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The modules that a kernel has as files or built in.
 *
 * @param names their names with underscores, as {@code lsmod} shows them
 */
record KernelModules(Set<String> names) {

    private static final Pattern FILE = Pattern.compile("([^/]+)\\.ko(\\.(xz|gz|zst))?");

    KernelModules {
        names = Set.copyOf(names);
    }

    /**
     * Reads a directory {@code /lib/modules/VERSION}.
     *
     * @param replaced module files that are put beside them
     */
    static KernelModules read(Path directory, List<Path> replaced) throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.forEach(file -> add(file, names));
        }
        Path builtIn = directory.resolve("modules.builtin");
        if (Files.exists(builtIn)) {
            Files.readAllLines(builtIn).forEach(line -> add(Path.of(line), names));
        }
        replaced.forEach(file -> add(file, names));
        return new KernelModules(names);
    }

    private static void add(Path file, Set<String> names) {
        Matcher matcher = FILE.matcher(String.valueOf(file.getFileName()));
        if (matcher.matches()) {
            names.add(matcher.group(1).replace('-', '_'));
        }
    }
}
