package dev.culvert.harness.stimulus;

import dev.culvert.harness.evidence.Counters;
import dev.culvert.harness.server.Servers;
import dev.culvert.topologies.Place;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * Waits until the servers are quiet: until two readings of the device counters of all places, one after the other, are the
 * same. Then what was sent has arrived, or will not.
 */
public final class Quiescence {

    private static final Duration BETWEEN_READINGS = Duration.ofMillis(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Servers servers;
    private final Collection<Place> places;

    public Quiescence(Servers servers, Collection<Place> places) {
        this.servers = servers;
        this.places = places;
    }

    /** Waits and returns the last reading; throws {@link org.awaitility.core.ConditionTimeoutException} after ten seconds of traffic. */
    public Map<Place, Counters> await() {
        AtomicReference<Map<Place, Counters>> last = new AtomicReference<>(servers.counters(places));
        Awaitility.await("device counters of " + places.stream().map(Place::id).collect(Collectors.joining(", "))
                        + " at rest")
                .dontCatchUncaughtExceptions()
                .pollDelay(BETWEEN_READINGS)
                .pollInterval(BETWEEN_READINGS)
                .atMost(PATIENCE)
                .until(() -> {
                    Map<Place, Counters> now = servers.counters(places);
                    return moved(last.getAndSet(now)).equals(moved(now));
                });
        return last.get();
    }

    private static Map<Place, Map<String, Long>> moved(Map<Place, Counters> reading) {
        return reading.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        place -> reading.get(place).values().entrySet().stream()
                                .filter(counter -> counter.getKey().startsWith("link."))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }
}
