package dev.culvert.harness.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The configuration that a kernel was built with, as {@code .config} has it.
 *
 * @param enabled the options that are built in or a module, {@code CONFIG_NET_IPGRE}; all others are off
 */
public record KernelConfig(Set<String> enabled) {

    private static final Pattern SET = Pattern.compile("(CONFIG_\\w+)=[ym]");

    public KernelConfig {
        enabled = Set.copyOf(enabled);
    }

    static KernelConfig read(Path file) throws IOException {
        return of(Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    /** Reads the text of a configuration. */
    public static KernelConfig of(String text) {
        return new KernelConfig(text.lines()
                .map(SET::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .collect(Collectors.toSet()));
    }

    /** Those of some options that are off. */
    public List<String> off(List<String> options) {
        return options.stream().filter(option -> !enabled.contains(option)).toList();
    }
}
