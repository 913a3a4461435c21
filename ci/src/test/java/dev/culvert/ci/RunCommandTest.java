package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.run.LabKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {

    /** Servers of one engine would meet. */
    @ParameterizedTest
    @CsvSource({"DOCKER, 8,  1", "QEMU,   1,  1", "QEMU,   2,  3", "QEMU,   64, 6"})
    void unlessToldTakesMoreLabsThanProcessors(LabKind lab, int processors, int workers) {
        assertThat(RunCommand.defaultWorkers(lab, processors)).isEqualTo(workers);
    }
}
