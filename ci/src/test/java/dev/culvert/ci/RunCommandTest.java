package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.run.LabKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {

    /** What is measured would be slowed down by a lab beside it, and servers of one engine would meet. */
    @ParameterizedTest
    @CsvSource({
        "true,  QEMU,   8,  1",
        "true,  DOCKER, 8,  1",
        "false, DOCKER, 8,  1",
        "false, QEMU,   1,  1",
        "false, QEMU,   2,  3",
        "false, QEMU,   64, 6",
    })
    void unlessToldTakesMoreLabsThanProcessorsWhereNothingIsMeasured(
            boolean throughput, LabKind lab, int processors, int workers) {
        assertThat(RunCommand.defaultWorkers(throughput, lab, processors)).isEqualTo(workers);
    }
}
