package dev.culvert.topologies;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SixRdTest {

    private static SixRd domain(String prefix, String common) {
        return new SixRd(
                Subnet.parse(prefix).orElseThrow(), Subnet.parse(common).orElseThrow());
    }

    private static InetAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    /** The second is the example of RFC 5969 section 4, in other addresses; the third has no part in common. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:2::/48, 198.51.100.0/24, 2001:db8:2:4d00::1, 198.51.100.77",
        "2001:db8::/32, 198.0.0.0/8, 2001:db8:3364:100::1, 198.51.100.1",
        "2001:db8::/32, 0.0.0.0/0, 2001:db8:c633:6402::1, 198.51.100.2",
        "2001:db8:2::/50, 198.51.100.0/24, 2001:db8:2:1340::1, 198.51.100.77"
    })
    void findsTheBitsBehindThePrefix(String prefix, String common, String inner, String outer) {
        assertThat(domain(prefix, common).embeddedIn(address(inner)))
                .map(IpAddress::text)
                .contains(outer);
    }

    @Test
    void findsNothingInAddressesOfOthers() {
        assertThat(domain("2001:db8:2::/48", "198.51.100.0/24").embeddedIn(address("2001:db8:3::1")))
                .isEqualTo(Optional.empty());
    }
}
