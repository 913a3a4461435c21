package dev.culvert.ci;

import dev.culvert.harness.run.LabKind;
import picocli.CommandLine.Option;

/** The option that chooses the lab. */
final class LabOptions {

    @Option(
            names = "--lab",
            defaultValue = "qemu",
            paramLabel = "qemu|docker",
            description =
                    "Where the servers run: a machine booted with the kernel under test (the default), or the engine that "
                            + "DOCKER_HOST or the local socket names, on its own kernel.")
    LabKind lab;
}
