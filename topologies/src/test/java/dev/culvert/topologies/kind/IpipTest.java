package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import java.net.Inet4Address;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpipTest {

    private static final Kind IPIP = Kinds.named("ipip").orElseThrow();
    private static final Inet4Address A = Ipv4.parse("198.51.100.1").orElseThrow();
    private static final Inet4Address B = Ipv4.parse("198.51.100.2").orElseThrow();

    private static TunnelEnd end(Map<String, String> options) {
        return new TunnelEnd("t1", A, B, new InterfaceAddress(A, 24), null, Options.of(IPIP, options));
    }

    @Test
    void saysNothingToIproute2ThatTheTopologyDoesNotSay() {
        assertThat(String.join(" ", IPIP.addDevice(end(Map.of()))))
                .isEqualTo("ip link add t1 type ipip local 198.51.100.1 remote 198.51.100.2");
    }

    @Test
    void saysEveryOptionInTheWordsOfIpLink() {
        TunnelEnd end = end(Map.of("mode", "ipip", "ttl", "inherit", "tos", "184", "pmtudisc", "false", "dev", "eth0"));

        assertThat(String.join(" ", IPIP.addDevice(end)))
                .endsWith(" remote 198.51.100.2 mode ipip ttl inherit tos 184 nopmtudisc dev eth0");
    }

    @Test
    void knowsWhatIsInForceWhenNothingIsSaid() {
        assertThat(end(Map.of()).options().asWords())
                .containsExactly(
                        Map.entry("mode", "any"),
                        Map.entry("ttl", "inherit"),
                        Map.entry("tos", "0"),
                        Map.entry("pmtudisc", "true"));
    }

    @ParameterizedTest
    @CsvSource({"inherit, false, 0", "64, true, 0", "64, false, 1"})
    void refusesAFixedTtlWithoutPathMtuDiscovery(String ttl, String pmtudisc, int conflicts) {
        assertThat(IPIP.conflicts(Options.of(IPIP, Map.of("ttl", ttl, "pmtudisc", pmtudisc))))
                .hasSize(conflicts);
    }

    @ParameterizedTest
    @CsvSource({"any, true", "mplsip, true", "ipip, false"})
    void carriesLabelsUnlessTheModeIsForIpAlone(String mode, boolean carries) {
        assertThat(IPIP.carriesLabels(Options.of(IPIP, Map.of("mode", mode)))).isEqualTo(carries);
    }

    @ParameterizedTest
    @CsvSource({"1500, 1480", "1400, 1380", "70, 68"})
    void leavesRoomForTheOuterHeaderDownToTheSmallestMtu(int underlay, int device) {
        assertThat(IPIP.defaultMtu(underlay, Options.none(IPIP))).isEqualTo(device);
    }

    @Test
    void hasNoOptionOfAnotherKind() {
        assertThatThrownBy(() -> Options.of(IPIP, Map.of("key", "7"))).hasMessage("ipip has no option \"key\"");
    }
}
