package dev.culvert.harness.stimulus;

import dev.culvert.harness.evidence.Counters;
import dev.culvert.harness.server.Servers;
import dev.culvert.topologies.Place;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * Waits until the servers are quiet: until two readings of the packet counters of all links, one after the other, are the
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

    /** Waits; throws {@link org.awaitility.core.ConditionTimeoutException} after ten seconds of traffic. */
    public void await() {
        AtomicReference<List<ByteBuffer>> last = new AtomicReference<>(servers.traffic(places));
        Awaitility.await("links of " + places.stream().map(Place::id).collect(Collectors.joining(", ")) + " at rest")
                .dontCatchUncaughtExceptions()
                .pollDelay(BETWEEN_READINGS)
                .pollInterval(BETWEEN_READINGS)
                .atMost(PATIENCE)
                .until(() -> {
                    List<ByteBuffer> now = servers.traffic(places);
                    return last.getAndSet(now).equals(now);
                });
    }

    /** Waits as {@link #await} does, then reads all counters. */
    public Map<Place, Counters> counters() {
        await();
        return servers.counters(places);
    }
}
