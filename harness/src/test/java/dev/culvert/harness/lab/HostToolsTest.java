package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostToolsTest {

    @TempDir
    private Path directory;

    @Test
    void namesEveryProgramThatIsMissingWithItsPackage() {
        HostTools bare = new HostTools(Map.of("PATH", directory.toString()));

        LabUnavailable refusal =
                catchThrowableOfType(LabUnavailable.class, () -> bare.require(directory.resolve("cache")));

        assertThat(bare.missing()).containsAll(HostTools.NEEDED);
        assertThat(refusal.attempts()).hasSizeGreaterThanOrEqualTo(HostTools.NEEDED.size());
        assertThat(refusal).hasMessageContaining("install the Debian package qemu-system-x86");
    }

    @Test
    void refusesASeriesThatDebianDoesNotHaveHere() {
        assertThatThrownBy(() -> new KernelChoice.Debian("6.99", List.of()))
                .hasMessageContaining("\"6.99\"")
                .hasMessageContaining("6.12, 6.1");
    }
}
