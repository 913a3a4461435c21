package dev.culvert.topologies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {

    private static Inet4Address address(String text) {
        return Ipv4.parse(text).orElseThrow();
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
    })
    void knowsItsEnds(String inside, int prefixLength, String network, String broadcast, long hosts) {
        Subnet subnet = Subnet.around(address(inside), prefixLength);

        assertThat(subnet.network()).isEqualTo(address(network));
        assertThat(subnet.broadcast()).isEqualTo(address(broadcast));
        assertThat(subnet.hosts()).isEqualTo(hosts);
        assertThat(subnet.contains(address(inside))).isTrue();
    }

    @Test
    void countsHostsFromTheFirstAddressThatAnInterfaceCanHave() {
        assertThat(subnet("198.51.100.0", 24).host(1)).hasToString("198.51.100.1/24");
        assertThat(subnet("198.51.100.4", 31).host(1)).hasToString("198.51.100.4/31");
    }

    @Test
    void overlapsWhatItContainsAndWhatContainsIt() {
        Subnet wide = subnet("198.18.0.0", 15);
        Subnet narrow = subnet("198.19.7.0", 24);

        assertThat(wide.overlaps(narrow)).isTrue();
        assertThat(narrow.overlaps(wide)).isTrue();
        assertThat(narrow.overlaps(subnet("198.19.8.0", 24))).isFalse();
    }

    @Test
    void rejectsBitsBehindThePrefix() {
        assertThatThrownBy(() -> subnet("198.51.100.1", 24))
                .hasMessage("198.51.100.1/24 has bits set behind its prefix");
    }

    @Test
    void rejectsAnAddressNumberBeyondItsEnd() {
        assertThatThrownBy(() -> subnet("198.51.100.0", 30).at(4))
                .hasMessage("198.51.100.0/30 has no address number 4");
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
}
