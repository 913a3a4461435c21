package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Ip6erspanTest {

    private static final Kind IP6ERSPAN = Kinds.named("ip6erspan").orElseThrow();
    private static final Map<String, String> TYPE_II = Map.of("seq", "true", "key", "341", "erspan", "74565");
    private static final Map<String, String> TYPE_III =
            Map.of("seq", "true", "key", "341", "erspan_ver", "2", "encaplimit", "none");

    private static final String ADDRESSES = "ffffffffffff02000000004a";

    private static Options options(Map<String, String> given) {
        return Options.of(IP6ERSPAN, given);
    }

    private static String encapsulated(Map<String, String> given, String frame) {
        byte[] bytes = HexFormat.of().parseHex(frame);
        return HexFormat.of().formatHex(IP6ERSPAN.encapsulate(options(given), Carried.ETHERNET, bytes));
    }

    @Test
    void tellsTheKernelTheSessionAndTheIndex() {
        assertThat(Plan.of(Topologies.named("ip6erspan"), Offloads.OFF).at(Place.A).stream()
                        .map(step -> String.join(" ", step.argvByName())))
                .anySatisfy(command -> assertThat(command)
                        .contains("type ip6erspan local 2001:db8:1::1 remote 2001:db8:1::2 seq key 341")
                        .endsWith("erspan 74565"));
    }

    @Test
    void costsWhatItsTypeAddsToGre() {
        // IPv6 40, encapsulation limit 8, Ethernet 14; GRE 8 with its sequence number; the header 8 in type II, 12 in
        // type III
        assertThat(IP6ERSPAN.overhead(Family.IPV6, options(TYPE_II))).isEqualTo(78);
        assertThat(IP6ERSPAN.overhead(Family.IPV6, options(TYPE_III))).isEqualTo(74);
        assertThat(IP6ERSPAN.defaultMtu(Family.IPV6, 1500, options(TYPE_II))).isEqualTo(1422);
    }

    @Test
    void putsTheEncapsulationLimitBeforeFramesOfIpAlone() {
        // next header 47 and the limit of 4; S, 0x88be, number 0; version 1, session 0x155; index 0x12345
        String header = "100088be00000000" + "1000015500012345";
        assertThat(encapsulated(TYPE_II, ADDRESSES + "0800"))
                .isEqualTo("2f00040104010100" + header + ADDRESSES + "0800");
        assertThat(encapsulated(TYPE_II, ADDRESSES + "0806")).isEqualTo(header + ADDRESSES + "0806");
        assertThat(IP6ERSPAN.leavesOut(options(TYPE_II), HexFormat.of().parseHex(ADDRESSES + "0806")))
                .isEqualTo(8);
    }

    @Test
    void hasNoTypeI() {
        assertThat(IP6ERSPAN.option("erspan_ver").orElseThrow().read(0L)).isEmpty();
        assertThat(IP6ERSPAN.conflicts(options(Map.of()))).containsOnlyKeys("seq", "key");
        assertThat(IP6ERSPAN.conflicts(options(TYPE_II))).isEmpty();
        assertThat(IP6ERSPAN.conflicts(options(TYPE_III))).isEmpty();
    }

    @Test
    void tellsTheKernelByNetlinkWhatItsTypeHas() {
        assertThat(IP6ERSPAN.linkInfo(Topologies.named("ip6erspan-iii").a().tunnel()).options().stream()
                        .flatMap(option -> option.shown().stream()))
                .contains(
                        new Shown("erspan_ver", "2"),
                        new Shown("erspan_dir", "egress"),
                        new Shown("erspan_hwid", "0x2a"),
                        new Shown("encap_limit", "4"));
    }
}
