package dev.culvert.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Subnet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {

    private static final String ROUTES = """
            [{"dst":"198.18.2.0/24","dev":"t1","scope":"link","flags":[]},
             {"dst":"203.0.113.2","dev":"t1","protocol":"kernel","scope":"link","flags":[]},
             {"dst":"198.51.100.0/24","dev":"eth0","protocol":"kernel","flags":[]},
             {"type":"local","dst":"203.0.113.1","dev":"t1","table":"local","protocol":"kernel","flags":[]}]
            """;

    @Test
    void listsTheUnicastRoutesOfTheMainTableByDevice() {
        Listing routes = Listing.of(answer(0, ROUTES, ""));

        assertThat(routes.destinations("t1")).containsExactly("198.18.2.0/24", "203.0.113.2");
    }

    @Test
    void knowsTheseRoutesAlsoWhereEveryDetailIsSaid() {
        String detailed = """
                [{"type":"unicast","dst":"198.18.2.0/24","dev":"t1","table":"main","protocol":"boot","flags":[]},
                 {"type":"unicast","dst":"198.18.3.0/24","dev":"t1","table":"77","protocol":"boot","flags":[]},
                 {"type":"local","dst":"203.0.113.1","dev":"t1","table":"local","protocol":"kernel","flags":[]}]
                """;

        assertThat(Listing.of(answer(0, detailed, "")).destinations("t1")).containsExactly("198.18.2.0/24");
    }

    @Test
    void findsTheRouteToASingleAddressAsIpWritesIt() {
        Listing routes = Listing.of(answer(0, ROUTES, ""));

        Subnet host = new Subnet(Ipv4.parse("203.0.113.2").orElseThrow(), 32);

        assertThat(routes.route("t1", host)).isPresent();
        assertThat(routes.route("eth0", host)).isEmpty();
    }

    @Test
    void hasNeitherFlagsNorCountsOfALinkThatIsNotListed() {
        // `ip -j link show group 77` prints {} for every link of another group
        Listing links = Listing.of(
                answer(0, "[{},{\"ifname\":\"t1\",\"flags\":[\"NOARP\"],\"stats64\":{\"rx\":{\"packets\":3}}}]", ""));

        assertThat(links.flags("t1")).containsExactly("NOARP");
        assertThat(links.count("t1", "rx", "packets")).isEqualTo(3);
        assertThat(links.flags("t2")).isEmpty();
        assertThat(links.count("t2", "rx", "packets")).isEqualTo(-1);
    }

    @Test
    void takesACommandThatFailedForNothingObserved() {
        assertThatThrownBy(() -> Listing.of(answer(1, "", "Device \"t1\" does not exist.\n")))
                .isInstanceOf(NotObserved.class)
                .hasMessage("`ip -j link` ended with 1: Device \"t1\" does not exist.");
    }

    @Test
    void takesTextThatIsNoJsonForNothingObserved() {
        assertThatThrownBy(() -> Listing.of(answer(0, "1: lo: <LOOPBACK>", "")))
                .isInstanceOf(NotObserved.class)
                .hasMessageStartingWith("`ip -j link` printed no JSON");
    }

    private static CommandRecord answer(int exit, String stdout, String stderr) {
        return new CommandRecord(Place.A, List.of("ip", "-j", "link"), exit, false, stdout, stderr, 0, 0);
    }
}
