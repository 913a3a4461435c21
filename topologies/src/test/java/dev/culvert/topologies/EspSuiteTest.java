package dev.culvert.topologies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EspSuiteTest {

    // Behind a packet come padding, 2 bytes of trailer and 16 of check value; in front 8 of SPI and sequence number and
    // the IV of 8 or 16.
    @ParameterizedTest
    @CsvSource({
        "AES_GCM, 84, 36", // 84 + 2 + 2 = 88, a multiple of 4
        "AES_GCM, 86, 34",
        "AES_GCM, 87, 37",
        "AES_CBC_HMAC_SHA_256, 84, 52", // 84 + 10 + 2 = 96, a multiple of 16
        "AES_CBC_HMAC_SHA_256, 94, 42",
        "AES_CBC_HMAC_SHA_256, 95, 57",
    })
    void countsWhatProtectionAdds(EspSuite suite, int length, int overhead) {
        assertThat(suite.overhead(length)).isEqualTo(overhead);
    }

    // RFC 4303 in an underlay of 1500 bytes: 1500 - 20 = 1480 for all of ESP
    @ParameterizedTest
    @CsvSource({"AES_GCM, 1480, 1446", "AES_CBC_HMAC_SHA_256, 1480, 1438"})
    void knowsTheLongestPacketThatFits(EspSuite suite, int bytes, int longest) {
        assertThat(suite.longestWithin(bytes)).isEqualTo(longest);
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithItselfOnWhatFits(EspSuite suite) {
        for (int bytes = 100; bytes < 200; bytes++) {
            int longest = suite.longestWithin(bytes);

            assertThat(longest + suite.overhead(longest)).isLessThanOrEqualTo(bytes);
            assertThat(longest + 1 + suite.overhead(longest + 1)).isGreaterThan(bytes);
        }
    }
}
