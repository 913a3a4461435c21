package dev.culvert.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class PmtuExceptionTest {

    @Test
    void readsALearntMtu() {
        var answer = answer(
                "198.51.100.130 via 198.51.100.2 dev eth0 src 198.51.100.1 uid 0 \n    cache expires 599sec mtu 1400 \n");

        assertThat(PmtuException.of(answer)).contains(new PmtuException(1400, false));
    }

    @Test
    void readsALockedMtu() {
        var answer = answer("198.51.100.2 dev eth0 src 198.51.100.1 uid 0 \n    cache expires 598sec mtu lock 552 \n");

        assertThat(PmtuException.of(answer)).contains(new PmtuException(552, true));
    }

    @Test
    void takesTheMtuOfARouteForNoException() {
        var answer = answer("198.18.2.2 dev t1 src 203.0.113.1 uid 0 \n    cache mtu 1300 \n");

        assertThat(PmtuException.of(answer)).isEmpty();
    }

    private static CommandRecord answer(String stdout) {
        return new CommandRecord(Place.A, List.of("ip", "route", "get", "198.51.100.2"), 0, false, stdout, "", 0, 0);
    }
}
