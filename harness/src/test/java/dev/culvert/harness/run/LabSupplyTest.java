package dev.culvert.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LabSupplyTest {

    @ParameterizedTest(name = "{0} labs on {1} processors have {2} each")
    @CsvSource({
        "1, 1, 2", "1, 8, 2", "2, 1, 1", "2, 2, 1", "2, 4, 2", "7, 8, 2", "8, 8, 1",
    })
    void aLabHasASecondProcessorUnlessLabsFillTheMachine(int labs, int available, int each) {
        assertThat(LabSupply.processorsEach(labs, available)).isEqualTo(each);
    }
}
