package dev.culvert.topologies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetTest {

    private static InetAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static Subnet subnet(String network, int prefixLength) {
        return new Subnet(address(network), prefixLength);
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.77, 24, 198.51.100.0, 198.51.100.255, 254",
        "198.51.100.130, 25, 198.51.100.128, 198.51.100.255, 126",
        "203.0.113.2, 31, 203.0.113.2, 203.0.113.3, 2",
        "203.0.113.2, 32, 203.0.113.2, 203.0.113.2, 1",
        "203.0.113.2, 0, 0.0.0.0, 255.255.255.255, 4294967294",
        "2001:db8:1::77, 64, 2001:db8:1::, 2001:db8:1:0:ffff:ffff:ffff:ffff, 4294967296",
        "2001:db8:1::77, 120, 2001:db8:1::, 2001:db8:1::ff, 255",
        "2001:db8:1::3, 127, 2001:db8:1::2, 2001:db8:1::3, 2",
        "2001:db8:1::3, 128, 2001:db8:1::3, 2001:db8:1::3, 1",
        "2001:db8:1::3, 0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 4294967296",
    })
    void knowsItsEnds(String inside, int prefixLength, String network, String last, long hosts) {
        Subnet subnet = Subnet.around(address(inside), prefixLength);

        assertThat(subnet.network()).isEqualTo(address(network));
        assertThat(subnet.last()).isEqualTo(address(last));
        assertThat(subnet.hosts()).isEqualTo(hosts);
        assertThat(subnet.contains(address(inside))).isTrue();
    }

    @Test
    void countsHostsFromTheFirstAddressThatAnInterfaceCanHave() {
        assertThat(subnet("198.51.100.0", 24).host(1)).hasToString("198.51.100.1/24");
        assertThat(subnet("198.51.100.4", 31).host(1)).hasToString("198.51.100.4/31");
        assertThat(subnet("2001:db8:1::", 64).host(1)).hasToString("2001:db8:1::1/64");
        assertThat(subnet("2001:db8:1::4", 127).host(1)).hasToString("2001:db8:1::4/127");
    }

    @Test
    void overlapsWhatItContainsAndWhatContainsIt() {
        Subnet wide = subnet("198.18.0.0", 15);
        Subnet narrow = subnet("198.19.7.0", 24);

        assertThat(wide.overlaps(narrow)).isTrue();
        assertThat(narrow.overlaps(wide)).isTrue();
        assertThat(narrow.overlaps(subnet("198.19.8.0", 24))).isFalse();
        assertThat(subnet("0.0.0.0", 0).overlaps(subnet("::", 0))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.0, 24, 198.51.100.0, false",
        "198.51.100.0, 24, 198.51.100.255, false",
        "198.51.100.0, 24, 198.51.101.1, false",
        "198.51.100.0, 31, 198.51.100.0, true",
        "2001:db8:1::, 64, 2001:db8:1::, false",
        "2001:db8:1::, 64, 2001:db8:1:0:ffff:ffff:ffff:ffff, true",
        "2001:db8:1::, 64, 198.51.100.1, false",
        "2001:db8:1::, 127, 2001:db8:1::, true",
    })
    void knowsWhatAnInterfaceCanHave(String network, int prefixLength, String address, boolean host) {
        assertThat(subnet(network, prefixLength).isHost(address(address))).isEqualTo(host);
    }

    @Test
    void rejectsBitsBehindThePrefix() {
        assertThatThrownBy(() -> subnet("198.51.100.1", 24))
                .hasMessage("198.51.100.1/24 has bits set behind its prefix");
        assertThatThrownBy(() -> subnet("2001:db8::1", 64)).hasMessage("2001:db8::1/64 has bits set behind its prefix");
    }

    @Test
    void rejectsAnAddressNumberBeyondItsEnd() {
        assertThatThrownBy(() -> subnet("198.51.100.0", 30).at(4))
                .hasMessage("198.51.100.0/30 has no address number 4");
        assertThatThrownBy(() -> subnet("255.255.255.252", 30).at(4))
                .hasMessage("255.255.255.252/30 has no address number 4");
    }
}
