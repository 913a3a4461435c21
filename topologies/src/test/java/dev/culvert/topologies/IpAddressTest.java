package dev.culvert.topologies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    private static InetAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "256.0.0.1",
                "01.2.3.4",
                "1.2.3.4 ",
                "0x1.2.3.4",
                "localhost",
                "١.2.3.4"
            })
    void readsNothingButDottedQuads(String text) {
        assertThat(Ipv4.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8",
                "1::2::3",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "2001:db8::10000",
                "2001:db8::g",
                "fe80::1%eth0",
                "::192.0.2.1",
                "[::1]",
                "2001:db8::1/64",
                "::-1"
            })
    void readsNothingButGroupsOfHexadecimalDigits(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    /** The first column of RFC 5952 section 2, and the recommendations of its section 4. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8::0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:0:0:1::1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:db8:0:0:0:0:0:0, 2001:db8::",
        "::ffff:c633:6401, ::ffff:c633:6401",
        "198.51.100.1, 198.51.100.1",
    })
    void writesAddressesAsIpDoes(String text, String written) {
        assertThat(IpAddress.text(address(text))).isEqualTo(written);
    }

    @Test
    void keepsAnIpv6AddressOneWhateverIsInIt() {
        assertThat(Family.of(address("::ffff:c633:6401"))).isEqualTo(Family.IPV6);
        assertThat(Family.of(address("198.51.100.1"))).isEqualTo(Family.IPV4);
    }

    @Test
    void doesNotTakeOneFamilyForTheOther() {
        assertThatThrownBy(() -> Ipv4.of(address("2001:db8::1"))).hasMessageEndingWith(" is no IPv4 address");
        assertThatThrownBy(() -> Ipv6.of(address("198.51.100.1"))).hasMessage("198.51.100.1 is no IPv6 address");
    }
}
