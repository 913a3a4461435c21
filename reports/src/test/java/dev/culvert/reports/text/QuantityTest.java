package dev.culvert.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({"1.234e9, 1.23 Gbit/s", "9.41e8, 941 Mbit/s", "1.25e7, 12.5 Mbit/s", "0, 0.00 kbit/s"})
    void writesBitRatesInThreeDigits(double bitsPerSecond, String text) {
        assertThat(Quantity.bitRate(bitsPerSecond)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"11300, 11.3 s", "59999, 60.0 s", "125000, 2 min 05 s"})
    void writesDurationsInSecondsOrMinutes(long millis, String text) {
        assertThat(Quantity.duration(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void groupsDigitsAndKnowsOneFromMany() {
        assertThat(Quantity.counted(1, "topology", "topologies")).isEqualTo("1 topology");
        assertThat(Quantity.counted(1204331, "packet", "packets")).isEqualTo("1\u202f204\u202f331 packets");
    }
}
