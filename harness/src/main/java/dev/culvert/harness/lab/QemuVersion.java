package dev.culvert.harness.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks the QEMU of this machine which it is. */
final class QemuVersion {

    private QemuVersion() {}

    /** Returns the first line of {@code --version}. */
    static String ofHost() throws IOException {
        Process qemu = new ProcessBuilder(QemuCommand.PROGRAM, "--version")
                .redirectErrorStream(true)
                .start();
        return new String(qemu.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("unknown");
    }
}
