package dev.culvert.ci;

import dev.culvert.harness.lab.KernelChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The options that choose the kernel under test. */
final class KernelOptions {

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = "--kernel",
            defaultValue = "6.12",
            paramLabel = "VERSION|IMAGE",
            description =
                    "The kernel under test: Debian's 6.12 (the default) or 6.1, or a bootable image, with --modules.")
    String kernel;

    @Option(names = "--modules", paramLabel = "DIR", description = "The modules directory of a kernel image.")
    @Nullable
    Path modules;

    @Option(
            names = "--module",
            paramLabel = "FILE.ko",
            description = "Replaces the module of that name in the chosen kernel. May be given more than once.")
    List<Path> replaced = List.of();

    /** The kernel that was asked for. */
    KernelChoice choice() {
        for (Path module : replaced) {
            if (!module.toString().endsWith(".ko") || !Files.isRegularFile(module)) {
                throw wrong("--module: \"" + module + "\" is not a file whose name ends in .ko");
            }
        }
        if (KernelChoice.Debian.SERIES.contains(kernel)) {
            if (modules != null) {
                throw wrong("--modules goes with a kernel image, and \"" + kernel + "\" is Debian's");
            }
            return new KernelChoice.Debian(kernel, replaced);
        }
        Path image = Path.of(kernel);
        if (!Files.isRegularFile(image)) {
            throw wrong("--kernel: \"" + kernel + "\" is neither one of "
                    + String.join(", ", KernelChoice.Debian.SERIES) + " nor a file");
        }
        if (modules == null) {
            throw wrong("--kernel: the image \"" + kernel + "\" needs its modules directory: --modules DIR");
        }
        if (!Files.isDirectory(modules)) {
            throw wrong("--modules: \"" + modules + "\" is not a directory");
        }
        return new KernelChoice.Image(image, modules, replaced);
    }

    /** Whether a kernel was asked for, and not only left at its default. */
    boolean given() {
        ParseResult typed = spec.commandLine().getParseResult();
        return Stream.of("--kernel", "--modules", "--module").anyMatch(typed::hasMatchedOption);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
