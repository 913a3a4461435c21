package dev.culvert.topologies.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TopologyException;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PotentialRoutersTest {

    private static final String GOOD = """
            name: mine
            underlay: {subnet: 198.51.100.0/24}
            tunnel: {kind: sit, subnet: "2001:db8:2::/64", options: {isatap: true}}
            a:
              tunnel: {address: "2001:db8:2::200:5efe:c633:6401/64"}
              lan: 2001:db8:a1::/64
            b:
              tunnel:
                address: 2001:db8:2::200:5efe:c633:6402/64
                potential-routers: [198.51.100.1, 198.51.100.9]
            """;

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> Topologies.parse("mine.yaml", text))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(message);
    }

    private static List<String> told(Place place) {
        Topology topology = Topologies.parse("mine.yaml", GOOD);
        return Plan.of(topology, Offloads.ON).at(place).stream()
                .map(step -> String.join(" ", step.argvByName()))
                .toList();
    }

    @Test
    void serverIsToldOfEachBeforeItsDeviceIsUp() {
        assertThat(told(Place.B))
                .containsSubsequence(
                        "ip tunnel prl prl-default 198.51.100.1 dev t1",
                        "ip tunnel prl prl-default 198.51.100.9 dev t1",
                        "ip link set t1 up");
        assertThat(told(Place.A)).noneMatch(command -> command.contains("prl"));
    }

    @Test
    void networkBehindARouterIsReachedByItsIsatapAddress() {
        assertThat(told(Place.B)).contains("ip route add 2001:db8:a1::/64 via 2001:db8:2:0:200:5efe:c633:6401 dev t1");
    }

    @Test
    void refusesAListOfWhatIsNoIsatapInterface() {
        refused(
                GOOD.replace("isatap: true", "ttl: 64"),
                "b.tunnel.potential-routers: is given to a device that is no ISATAP interface");
    }

    @Test
    void refusesARouterThatIsOnTheListAlready() {
        refused(
                GOOD.replace("198.51.100.9", "198.51.100.1"),
                "b.tunnel.potential-routers[1]: \"198.51.100.1\" is on the list already; keep one of them");
    }

    @Test
    void refusesTheServerItself() {
        refused(
                GOOD.replace("198.51.100.9", "198.51.100.2"),
                "b.tunnel.potential-routers[1]: \"198.51.100.2\" is where the tunnel ends on b itself");
    }

    @Test
    void refusesMoreThanAreShown() {
        String many =
                IntStream.rangeClosed(10, 25).mapToObj(i -> "198.51.100." + i).collect(Collectors.joining(", "));
        refused(
                GOOD.replace("198.51.100.9", many),
                "b.tunnel.potential-routers: \"17\" is more routers than `ip tunnel show` can show; give at most 15");
    }

    @Test
    void refusesANetworkBehindWhoIsNotOnTheList() {
        refused(
                GOOD.replace("[198.51.100.1, 198.51.100.9]", "[198.51.100.9]"),
                "give 198.51.100.1 to b.tunnel.potential-routers, or leave the LAN out");
    }
}
