package dev.culvert.harness.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CounterJournalTest {

    private static final List<StimulusRecord> RECORDS = List.of(
            stimulus(
                    Map.of("link.t1.rx_packets", 1L, "link.t1.tx_packets", 5L),
                    Map.of("link.t1.rx_packets", 2L, "link.t1.tx_packets", 5L)),
            stimulus(Map.of("link.t1.rx_packets", 2L, "link.t1.tx_packets", 5L), Map.of("link.t1.tx_packets", 5L)),
            stimulus(Map.of("link.t1.tx_packets", 5L), Map.of("link.t1.rx_packets", 0L, "link.t1.tx_packets", 5L)));

    @Test
    void givesBackWhatWasLeftOut() {
        assertThat(CounterJournal.full(CounterJournal.thin(RECORDS))).isEqualTo(RECORDS);
    }

    @Test
    void keepsOnlyWhatMoved() {
        // When
        List<StimulusRecord> thin = CounterJournal.thin(RECORDS);

        // Then the second reading of a place holds the one counter that moved, and the third none
        assertThat(thin.get(0).after().get(Place.A).values()).containsExactly(Map.entry("link.t1.rx_packets", 2L));
        assertThat(thin.get(1).before().get(Place.A).values()).isEmpty();
    }

    private static StimulusRecord stimulus(Map<String, Long> before, Map<String, Long> after) {
        return new StimulusRecord(
                "one",
                "",
                Map.of(),
                0,
                1,
                List.of(),
                Map.of(Place.A, new Counters(0, before)),
                Map.of(Place.A, new Counters(1, after)),
                Map.of());
    }
}
