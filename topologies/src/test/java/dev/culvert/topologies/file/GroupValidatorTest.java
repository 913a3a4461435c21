package dev.culvert.topologies.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TopologyException;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupValidatorTest {

    private static final String GOOD = """
            name: mine
            underlay: {subnet: 198.51.100.0/24}
            tunnel: {kind: gre, subnet: 203.0.113.0/24, group: 233.252.0.9, options: {dev: eth0, key: 7}}
            """;

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> Topologies.parse("mine.yaml", text))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(message);
    }

    @Test
    void bothEndsSendToTheGroup() {
        Topology topology = Topologies.parse("mine.yaml", GOOD);

        assertThat(topology.toGroup()).isTrue();
        assertThat(topology.configuration()).contains("CONFIG_NET_IPGRE_BROADCAST");
        for (Place place : List.of(Place.A, Place.B)) {
            assertThat(Plan.of(topology, Offloads.OFF).at(place).stream()
                            .map(step -> String.join(" ", step.argvByName())))
                    .anyMatch(step -> step.matches(
                            "ip link add t1 type gre local 198.51.100.[12] remote 233.252.0.9 .*dev eth0.*"));
        }
    }

    @Test
    void refusesWhatIsNoGroup() {
        refused(GOOD.replace("233.252.0.9", "198.51.100.9"), "tunnel.group: \"198.51.100.9\" is not an IPv4 multicast");
    }

    @Test
    void refusesAKindThatTakesNone() {
        refused(GOOD.replace("kind: gre", "kind: ipip"), "cannot be the remote of a device of kind ipip");
    }

    @Test
    void wantsADeviceToJoinOnAndAKey() {
        refused(GOOD.replace("dev: eth0, ", ""), "tunnel.options.dev: must be given");
        refused(GOOD.replace(", key: 7", ""), "tunnel.options.key: must be given");
    }

    @Test
    void refusesARouter() {
        refused(
                GOOD.replace(
                        "underlay: {subnet: 198.51.100.0/24}",
                        "router: {a: {subnet: 198.51.100.0/25}, b: {subnet: 198.51.100.128/25}}"),
                "router: forwards nothing that is for a group");
    }
}
