package dev.culvert.harness.evidence;

import dev.culvert.topologies.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counters of a run of stimuli as the evidence directory keeps them: each reading holds only what differs from the one before it
 * of the same place, because hundreds of counters are read dozens of times and few of them move. A value of {@code -1}, which no
 * counter has, says that the counter is gone.
 */
final class CounterJournal {

    private static final long GONE = -1;

    private final Map<Place, Map<String, Long>> last = new EnumMap<>(Place.class);

    private CounterJournal() {}

    /** Leaves out of each reading what has not changed since the one before. */
    static List<StimulusRecord> thin(List<StimulusRecord> records) {
        CounterJournal journal = new CounterJournal();
        List<StimulusRecord> thin = new ArrayList<>();
        for (StimulusRecord record : records) {
            Map<Place, Counters> before = journal.thin(record.before());
            thin.add(record.withCounters(before, journal.thin(record.after())));
        }
        return thin;
    }

    /** Puts back into each reading what was left out of it. */
    static List<StimulusRecord> full(List<StimulusRecord> records) {
        CounterJournal journal = new CounterJournal();
        List<StimulusRecord> full = new ArrayList<>();
        for (StimulusRecord record : records) {
            Map<Place, Counters> before = journal.full(record.before());
            full.add(record.withCounters(before, journal.full(record.after())));
        }
        return full;
    }

    private Map<Place, Counters> thin(Map<Place, Counters> readings) {
        Map<Place, Counters> thin = new EnumMap<>(Place.class);
        readings.forEach((place, reading) -> {
            Map<String, Long> known = last.getOrDefault(place, Map.of());
            last.put(place, reading.values());
            Map<String, Long> changes = known == reading.values() ? Map.of() : changes(known, reading.values());
            thin.put(place, new Counters(reading.atNanos(), changes));
        });
        return thin;
    }

    private static Map<String, Long> changes(Map<String, Long> known, Map<String, Long> values) {
        Map<String, Long> changes = new TreeMap<>();
        int met = 0;
        for (Map.Entry<String, Long> counter : values.entrySet()) {
            Long before = known.get(counter.getKey());
            met += before == null ? 0 : 1;
            if (!counter.getValue().equals(before)) {
                changes.put(counter.getKey(), counter.getValue());
            }
        }
        if (met < known.size()) {
            known.keySet().stream()
                    .filter(counter -> !values.containsKey(counter))
                    .forEach(counter -> changes.put(counter, GONE));
        }
        return changes;
    }

    private Map<Place, Counters> full(Map<Place, Counters> readings) {
        Map<Place, Counters> full = new EnumMap<>(Place.class);
        readings.forEach((place, reading) -> {
            Counters whole = new Counters(reading.atNanos(), changed(place, reading.values()));
            last.put(place, whole.values());
            full.put(place, whole);
        });
        return full;
    }

    /** Most readings differ in nothing from the one before: they share their counters with it. */
    private Map<String, Long> changed(Place place, Map<String, Long> changes) {
        Map<String, Long> known = last.getOrDefault(place, Map.of());
        if (changes.isEmpty()) {
            return known;
        }
        Map<String, Long> values = new HashMap<>(known);
        values.putAll(changes);
        values.values().removeIf(value -> value == GONE);
        return values;
    }
}
