package dev.culvert.harness.lab;

import dev.culvert.topologies.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a kernel has and lacks, known from its files: nothing is booted, built or fetched for it. */
public final class KernelContents {

    private final String release;
    private final KernelModules modules;
    private final @Nullable KernelConfig config;

    private KernelContents(String release, KernelModules modules, @Nullable KernelConfig config) {
        this.release = release;
        this.modules = modules;
        this.config = config;
    }

    /**
     * What a topology needs and a kernel does not have.
     *
     * @param lacks what is not there, in words: {@code the module geneve}, {@code CONFIG_NET_FOU_IP_TUNNELS}
     * @param unknown the options of the configuration that are needed and cannot be looked up, because the kernel's configuration is not at
     *     hand
     */
    public record Support(List<String> lacks, List<String> unknown) {

        public Support {
            lacks = List.copyOf(lacks);
            unknown = List.copyOf(unknown);
        }
    }

    /**
     * Looks at the files of a kernel; empty for one of Debian's that the cache does not hold. The configuration of an image of one's own
     * is looked for where distributions and {@code make} leave it.
     *
     * @throws UncheckedIOException when a directory or file cannot be read
     */
    public static Optional<KernelContents> of(KernelChoice choice, LabCache cache) {
        if (choice instanceof KernelChoice.Image own) {
            return Optional.of(read(
                    own.modules(),
                    own.replacedModules(),
                    configs(own).filter(Files::isRegularFile).findFirst()));
        }
        return DebianKernel.cached(cache, ((KernelChoice.Debian) choice).suite())
                .map(kernel -> read(kernel.modules(), choice.replacedModules(), Optional.of(kernel.config())));
    }

    private static KernelContents read(Path modules, List<Path> replaced, Optional<Path> config) {
        try {
            return new KernelContents(
                    modules.toRealPath().getFileName().toString(),
                    KernelModules.read(modules, replaced),
                    config.isPresent() ? KernelConfig.read(config.get()) : null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> configs(KernelChoice.Image own) {
        Path image = own.image().toAbsolutePath().normalize();
        String version =
                String.valueOf(own.modules().toAbsolutePath().normalize().getFileName());
        return Stream.of(
                own.modules().resolve("config"),
                own.modules().resolve("build/.config"),
                image.resolveSibling("config-" + version),
                // From arch/x86/boot/bzImage to the top of the tree it was built in.
                image.resolve("../../../../.config").normalize());
    }

    /** Its version, as {@code uname -r} says it. */
    public String release() {
        return release;
    }

    /** Whether its configuration is known. */
    public boolean configured() {
        return config != null;
    }

    /** What a topology needs of it and does not find. */
    public Support support(Topology topology) {
        List<String> lacks = new ArrayList<>();
        topology.modules().stream()
                .filter(module -> !modules.names().contains(module.replace('-', '_')))
                .forEach(module -> lacks.add("the module " + module));
        List<String> options = topology.configuration();
        if (config == null) {
            return new Support(lacks, options);
        }
        lacks.addAll(config.off(options));
        return new Support(lacks, List.of());
    }
}
