package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import dev.culvert.topologies.plan.ServeStep;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VtiTest {

    private static final Kind VTI = Kinds.named("vti").orElseThrow();

    private static Options options(Map<String, String> given) {
        return Options.of(VTI, given);
    }

    private static List<String> told(String topology, Place place) {
        return Plan.of(Topologies.named(topology), Offloads.OFF).at(place).stream()
                .map(step -> String.join(" ", step.argvByName()))
                .toList();
    }

    @Test
    void makesADeviceOfItsKey() {
        assertThat(told("vti", Place.A))
                .contains("ip link add t1 type vti local 198.51.100.1 remote 198.51.100.2 key 7");
    }

    @Test
    void protectsWhatLeavesAndOpensWhatComesByTheMarkThatTheKeyIs() {
        assertThat(told("vti", Place.A))
                .containsSubsequence(
                        "ip xfrm state add src 198.51.100.1 dst 198.51.100.2 proto esp spi 4097 mode tunnel mark 7 "
                                + "replay-window 32 aead rfc4106(gcm(aes)) 0xa0a1a2a3a4a5a6a7a8a9aaabacadaeaf5a5a5a01 128",
                        "ip xfrm state add src 198.51.100.2 dst 198.51.100.1 proto esp spi 4098 mode tunnel mark 7 "
                                + "replay-window 32 aead rfc4106(gcm(aes)) 0xb0b1b2b3b4b5b6b7b8b9babbbcbdbebf5a5a5a02 128",
                        "ip xfrm policy add src 0.0.0.0/0 dst 0.0.0.0/0 dir out mark 7 "
                                + "tmpl src 198.51.100.1 dst 198.51.100.2 proto esp mode tunnel",
                        "ip xfrm policy add src 0.0.0.0/0 dst 0.0.0.0/0 dir in mark 7 "
                                + "tmpl src 198.51.100.2 dst 198.51.100.1 proto esp mode tunnel",
                        "ip xfrm policy add src 0.0.0.0/0 dst 0.0.0.0/0 dir fwd mark 7 "
                                + "tmpl src 198.51.100.2 dst 198.51.100.1 proto esp mode tunnel");
    }

    @Test
    void receivesByTheKeyThatTheOtherEndSendsBy() {
        assertThat(told("vti-cbc", Place.A)).anyMatch(step -> step.endsWith("ikey 12 okey 11"));
        assertThat(told("vti-cbc", Place.B)).anyMatch(step -> step.endsWith("ikey 11 okey 12"));
        assertThat(told("vti-cbc", Place.B)).anyMatch(step -> step.contains("spi 4097 mode tunnel mark 11 "));
        assertThat(told("vti-cbc", Place.B)).anyMatch(step -> step.contains("dir out mark 12 "));
    }

    @Test
    void opensASocketForEspWithinUdp() {
        List<ServeStep> served = Plan.of(Topologies.named("vti-udp"), Offloads.OFF).at(Place.B).stream()
                .filter(ServeStep.class::isInstance)
                .map(ServeStep.class::cast)
                .toList();

        assertThat(served).hasSize(1);
        // IPPROTO_UDP, UDP_ENCAP, UDP_ENCAP_ESPINUDP
        assertThat(served.get(0).argv())
                .contains(
                        "socket my $s, PF_INET, SOCK_DGRAM, 0 or die \"socket: $!\\n\";",
                        "setsockopt $s, 17, 100, 2 or die \"UDP_ENCAP: $!\\n\";",
                        "bind $s, sockaddr_in(4500, INADDR_ANY) or die \"bind: $!\\n\";");
        assertThat(told("vti-udp", Place.B))
                .anyMatch(step -> step.contains(" spi 4097 ") && step.endsWith(" encap espinudp 4500 4500 0.0.0.0"));
    }

    @Test
    void leavesNoStateBehind() {
        Topology topology = Topologies.named("vti");

        assertThat(Plan.teardown(topology).at(Place.B).stream().map(step -> String.join(" ", step.argvByName())))
                .contains("ip xfrm state flush", "ip xfrm policy flush");
    }

    @Test
    void wantsAKeyThatIsAMark() {
        assertThat(VTI.conflicts(options(Map.of()))).containsOnlyKeys("key");
        assertThat(VTI.conflicts(options(Map.of("key", "0")))).containsOnlyKeys("key");
        assertThat(VTI.conflicts(options(Map.of("okey", "1", "ikey", "0")))).containsOnlyKeys("ikey");
        assertThat(VTI.conflicts(options(Map.of("key", "1", "okey", "2")))).containsOnlyKeys("key");
        assertThat(VTI.conflicts(options(Map.of("key", "1")))).isEmpty();
        assertThat(VTI.conflicts(options(Map.of("okey", "1", "ikey", "2")))).isEmpty();
    }

    @Test
    void takesTheOuterHeaderOffTheMtuAndNothingForWhatIpsecAdds() {
        assertThat(VTI.defaultMtu(Family.IPV4, 1500, Options.none(VTI))).isEqualTo(1480);
    }

    @Test
    void cannotPutPacketsTogetherItself() {
        Options none = Options.none(VTI);

        assertThatThrownBy(() -> VTI.encapsulate(none, Carried.IPV4, new byte[20]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
