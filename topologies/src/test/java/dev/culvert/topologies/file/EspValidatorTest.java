package dev.culvert.topologies.file;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.TopologyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EspValidatorTest {

    private static final String GOOD = """
            name: mine
            underlay: {subnet: 198.51.100.0/24}
            tunnel: {kind: vti, subnet: 203.0.113.0/24, options: {key: 7}}
            esp:
              suite: aes-gcm
              udp-port: 4500
              a: {spi: 256, key: "00112233445566778899aabbccddeeff00112233"}
              b: {spi: 4294967295, key: "ff112233445566778899aabbccddeeff00112233"}
            """;

    private static void refused(String text, String path, String says) {
        assertThatThrownBy(() -> Topologies.parse("mine.yaml", text))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(" " + path + ": ")
                .hasMessageContaining(says);
    }

    @Test
    void takesWhatIsWhole() {
        assertThatCode(() -> Topologies.parse("mine.yaml", GOOD)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "suite: aes-gcm | suite: des | esp.suite | is not one of the suites aes-gcm, aes-cbc-hmac-sha256",
                "suite: aes-gcm | suite: aes-cbc-hmac-sha256 | esp.a.key | has 40 hexadecimal digits; aes-cbc-hmac-sha256 takes 32",
                "suite: aes-gcm | suite: aes-cbc-hmac-sha256 | esp.b.authentication-key | must be given: aes-cbc-hmac-sha256 takes 64",
                "spi: 256 | spi: 255 | esp.a.spi | is not a security parameters index within 256 … 4294967295",
                "spi: 4294967295 | spi: 4294967296 | esp.b.spi | is not a security parameters index",
                "spi: 256, | '' | esp.a.spi | must be given",
                "udp-port: 4500 | udp-port: 0 | esp.udp-port | within 1 … 65535",
                "\"0011 | \"0x11 | esp.a.key | is not a key of hexadecimal digits",
                "\"0011 | \"11 | esp.a.key | has 38 hexadecimal digits; aes-gcm takes 40, the last 8 of them the salt",
                "spi: 256 | 'spi: 256, authentication-key: \"00\"' | esp.a.authentication-key | is of no use",
                "'kind: vti, subnet: 203.0.113.0/24, options: {key: 7}' | 'kind: ipip, subnet: 203.0.113.0/24' | esp | ipip is no kind that IPsec protects",
                "'options: {key: 7}' | 'options: {key: 0}' | tunnel.options.key | must be given and not 0",
            })
    void saysWhatIsWrong(String good, String bad, String path, String says) {
        refused(GOOD.replace(good, bad), path, says);
    }

    @Test
    void refusesTheFallbackDeviceWhichHasNoMark() {
        refused(GOOD + "b: {tunnel: {device: ip_vti0}}\n", "b.tunnel.device", "takes nothing that a sends");
    }

    @Test
    void wantsItForAKindThatIpsecProtects() {
        refused(GOOD.substring(0, GOOD.indexOf("esp:")), "esp", "must be given for vti");
    }
}
