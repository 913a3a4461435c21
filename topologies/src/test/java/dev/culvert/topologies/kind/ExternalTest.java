package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TopologyException;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Value;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalTest {

    private static final String ENDS = "src 2001:db8:1::1 dst 2001:db8:1::2";

    private static Topology topology(String kind, String options) {
        return Topologies.parse("it.yaml", """
                name: it
                underlay: {subnet: "2001:db8:1::/64"}
                tunnel: {kind: %s, subnet: 203.0.113.0/24, options: {external: true, %s}}
                """.formatted(kind, options));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip6tnl-external | type ip6tnl external | 2001:db8:2::2/128 encap ip6 ENDS hoplimit 64 tc 0x28",
                "ip6gre-external | type ip6gre external | 203.0.113.2/32 encap ip6 id 42 ENDS hoplimit 64 key",
                "ip6gretap-external | type ip6gretap external | 203.0.113.2/32 encap ip6 id 42 ENDS hoplimit 77 key",
                "ip6erspan-external | type ip6erspan external | 203.0.113.2/32 encap ip6 id 42 ENDS hoplimit 64 erspan_opts 1:123:0:0",
                "erspan-external | type erspan external | 203.0.113.2/32 encap ip id 42 src 198.51.100.1 dst 198.51.100.2 erspan_opts 1:123:0:0",
            })
    void tellsTheDeviceThatItIsExternalAndTheRouteTheRest(String topology, String device, String route) {
        assertThat(Plan.of(Topologies.named(topology), Offloads.ON).at(Place.A))
                .map(step -> String.join(" ", step.argvByName()))
                .anyMatch(line -> line.startsWith("ip link add t1 ") && line.endsWith(device))
                .contains("ip route add " + route.replace("ENDS", ENDS) + " dev t1");
    }

    @ParameterizedTest
    @CsvSource({"ip6tnl,9,19", "ip6gre,,18", "ip6gretap,,18", "ip6erspan,,18"})
    void tellsNetlinkOfNoEnds(String kind, Integer protocol, int type) {
        Topology topology = Topologies.named(kind + "-external");

        assertThat(topology.kind().linkInfo(topology.a().tunnel()).options())
                .map(LinkOption::attribute)
                .map(Attribute::type)
                .containsExactlyElementsOf(protocol == null ? List.of(type) : List.of(protocol, type));
    }

    @Test
    void saysTheDirectionAndHardwareIdOfTypeIii() {
        Topology topology =
                topology("ip6erspan", "seq: true, key: 9, erspan_ver: 2, erspan_dir: egress, erspan_hwid: 33");

        Value.Nest said = (Value.Nest) topology.kind()
                .lightweightTunnel(topology.a().tunnel())
                .orElseThrow()
                .attributes()
                .get(1)
                .value();
        assertThat(said.attributes().get(said.attributes().size() - 1))
                .isEqualTo(new Attribute(
                        "LWTUNNEL_IP6_OPTS",
                        8,
                        Value.Nest.of(new Attribute(
                                "LWTUNNEL_IP_OPTS_ERSPAN",
                                3,
                                Value.Nest.of(
                                        new Attribute("LWTUNNEL_IP_OPT_ERSPAN_VER", 1, Value.u8(2)),
                                        new Attribute("LWTUNNEL_IP_OPT_ERSPAN_DIR", 3, Value.u8(1)),
                                        new Attribute("LWTUNNEL_IP_OPT_ERSPAN_HWID", 4, Value.u8(33)))))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip6tnl | tclass: inherit | tclass | a route can say a number only",
                "ip6tnl | encaplimit: 3 | encaplimit | neither the device nor a route is told it; there are hoplimit, mode, tclass",
                "ip6gre | flowlabel: 7 | flowlabel | neither the device nor a route is told it",
                "ip6gre | csum: true | csum | would refuse every packet",
                "ip6gretap | ikey: 7 | ikey | neither the device nor a route is told it",
                "ip6erspan | seq: true, key: 9, tclass: inherit | tclass | a route can say a number only",
            })
    void rejectsWhatNeitherDeviceNorRouteIsTold(String kind, String options, String option, String message) {
        assertThatThrownBy(() -> topology(kind, options))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("tunnel.options." + option)
                .hasMessageContaining(message);
    }
}
