package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Value;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Vti6Test {

    private static final Kind VTI6 = Kinds.named("vti6").orElseThrow();

    private static List<String> told(String topology, Place place) {
        return Plan.of(Topologies.named(topology), Offloads.OFF).at(place).stream()
                .map(step -> String.join(" ", step.argvByName()))
                .toList();
    }

    @Test
    void makesADeviceOfItsKey() {
        assertThat(told("vti6", Place.A))
                .contains("ip link add t1 type vti6 local 2001:db8:1::1 remote 2001:db8:1::2 key 7");
    }

    @Test
    void protectsIpv6() {
        assertThat(told("vti6", Place.A))
                .containsSubsequence(
                        "ip xfrm state add src 2001:db8:1::1 dst 2001:db8:1::2 proto esp spi 4097 mode tunnel mark 7 "
                                + "replay-window 32 aead rfc4106(gcm(aes)) 0xa0a1a2a3a4a5a6a7a8a9aaabacadaeaf5a5a5a01 128",
                        "ip xfrm policy add src ::/0 dst ::/0 dir out mark 7 "
                                + "tmpl src 2001:db8:1::1 dst 2001:db8:1::2 proto esp mode tunnel",
                        "ip xfrm policy add src ::/0 dst ::/0 dir in mark 7 "
                                + "tmpl src 2001:db8:1::2 dst 2001:db8:1::1 proto esp mode tunnel");
    }

    /** A state is for packets of its own family only, unless it is told otherwise. */
    @Test
    void saysOfStatesThatTheyAreForEitherFamilyWhereIpv4IsInside() {
        assertThat(told("vti6-cbc", Place.B))
                .anyMatch(
                        step -> step.contains(
                                " dst 2001:db8:1::2 proto esp spi 4097 mode tunnel mark 11 replay-window 32 flag af-unspec enc "))
                .contains("ip xfrm policy add src 0.0.0.0/0 dst 0.0.0.0/0 dir fwd mark 11 "
                        + "tmpl src 2001:db8:1::1 dst 2001:db8:1::2 proto esp mode tunnel");
        assertThat(told("vti6", Place.A)).noneMatch(step -> step.contains("af-unspec"));
    }

    @Test
    void tellsTheKernelEveryOptionInTheNumbersOfIfTunnelH() {
        TunnelEnd end = Topologies.named("vti6-cbc").a().tunnel();

        LinkInfo info = VTI6.linkInfo(end);

        assertThat(info.kind()).isEqualTo("vti6");
        assertThat(info.options())
                .extracting(LinkOption::attribute)
                .containsExactly(
                        new Attribute("IFLA_VTI_LINK", 1, Value.u32(0)),
                        new Attribute("IFLA_VTI_IKEY", 2, Value.be32(12)),
                        new Attribute("IFLA_VTI_OKEY", 3, Value.be32(11)),
                        new Attribute("IFLA_VTI_LOCAL", 4, new Value.Address(end.local())),
                        new Attribute("IFLA_VTI_REMOTE", 5, new Value.Address(end.remote())),
                        new Attribute("IFLA_VTI_FWMARK", 6, Value.u32(0)));
    }

    @Test
    void takesTheOuterHeaderOffTheMtuAndNothingForWhatIpsecAdds() {
        assertThat(VTI6.defaultMtu(Family.IPV6, 1500, Options.none(VTI6))).isEqualTo(1460);
        assertThat(VTI6.defaultMtu(Family.IPV6, 90, Options.none(VTI6))).isEqualTo(68);
    }

    @Test
    void wantsAKeyThatIsAMark() {
        assertThat(VTI6.conflicts(Options.of(VTI6, Map.of()))).containsOnlyKeys("key");
    }

    @Test
    void cannotPutPacketsTogetherItself() {
        Options none = Options.none(VTI6);

        assertThatThrownBy(() -> VTI6.encapsulate(none, Carried.IPV6, new byte[40]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
