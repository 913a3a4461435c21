package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErspanTest {

    private static final Kind ERSPAN = Kinds.named("erspan").orElseThrow();
    private static final Map<String, String> TYPE_I = Map.of("erspan_ver", "0");
    private static final Map<String, String> TYPE_II = Map.of("seq", "true", "key", "341", "erspan", "74565");
    private static final Map<String, String> TYPE_III =
            Map.of("seq", "true", "key", "341", "erspan_ver", "2", "erspan_dir", "egress", "erspan_hwid", "42");

    private static Options options(Map<String, String> given) {
        return Options.of(ERSPAN, given);
    }

    @Test
    void tellsTheKernelTheSessionAndTheIndex() {
        assertThat(Plan.of(Topologies.named("erspan"), Offloads.OFF).at(Place.A).stream()
                        .map(step -> String.join(" ", step.argvByName())))
                .anySatisfy(command -> assertThat(command)
                        .endsWith("type erspan local 198.51.100.1 remote 198.51.100.2 seq key 341 erspan 74565"));
    }

    @Test
    void costsWhatItsTypeAddsToGre() {
        // IPv4 20, Ethernet 14; GRE 4, or 8 with a sequence number; the header 8 in type II, 12 in type III
        assertThat(ERSPAN.overhead(Family.IPV4, options(TYPE_I))).isEqualTo(38);
        assertThat(ERSPAN.overhead(Family.IPV4, options(TYPE_II))).isEqualTo(50);
        assertThat(ERSPAN.overhead(Family.IPV4, options(TYPE_III))).isEqualTo(54);
        assertThat(ERSPAN.defaultMtu(Family.IPV4, 1500, options(TYPE_III))).isEqualTo(1446);
    }

    @Test
    void putsTheHeaderOfEachTypeBeforeTheFrame() {
        assertThat(encapsulated(TYPE_I)).isEqualTo("000088beff");
        // S, 0x88be, number 0; version 1, session 0x155; index 0x12345
        assertThat(encapsulated(TYPE_II)).isEqualTo("100088be00000000" + "1000015500012345" + "ff");
        // S, 0x22eb, number 0; version 2, session 0x155; timestamp 0; P, hardware id 42, egress
        assertThat(encapsulated(TYPE_III)).isEqualTo("100022eb00000000" + "2000015500000000" + "000082a8" + "ff");
    }

    @Test
    void onlyTypeICanBeComposed() {
        assertThat(ERSPAN.numbersPackets(options(TYPE_I))).isFalse();
        assertThat(ERSPAN.numbersPackets(options(TYPE_II))).isTrue();
    }

    @Test
    void saysWhatATypeMustAndMustNotHave() {
        assertThat(ERSPAN.conflicts(options(Map.of()))).containsOnlyKeys("seq", "key");
        assertThat(ERSPAN.conflicts(options(Map.of("erspan_ver", "0", "key", "1", "erspan", "1"))))
                .containsOnlyKeys("key", "erspan");
        assertThat(ERSPAN.conflicts(options(Map.of("seq", "true", "key", "1", "erspan_hwid", "1"))))
                .containsOnlyKeys("erspan_hwid");
        assertThat(ERSPAN.conflicts(options(TYPE_II))).isEmpty();
        assertThat(ERSPAN.conflicts(options(TYPE_III))).isEmpty();
        assertThat(ERSPAN.conflicts(options(TYPE_I))).isEmpty();
    }

    @Test
    void tellsTheKernelByNetlinkWhatItsTypeHas() {
        TunnelEnd end = Topologies.named("erspan-iii").a().tunnel();

        LinkInfo info = ERSPAN.linkInfo(end);

        assertThat(info.options())
                .extracting(option -> option.attribute().name())
                .contains("IFLA_GRE_ERSPAN_VER", "IFLA_GRE_ERSPAN_DIR", "IFLA_GRE_ERSPAN_HWID")
                .doesNotContain("IFLA_GRE_ERSPAN_INDEX");
        assertThat(info.options().stream().flatMap(option -> option.shown().stream()))
                .contains(
                        new Shown("erspan_ver", "2"),
                        new Shown("erspan_dir", "egress"),
                        new Shown("erspan_hwid", "0x2a"));
    }

    private static String encapsulated(Map<String, String> given) {
        return HexFormat.of().formatHex(ERSPAN.encapsulate(options(given), Carried.ETHERNET, new byte[] {(byte) 0xff}));
    }
}
