package dev.culvert.harness.stimulus;

import dev.culvert.harness.evidence.Counters;
import dev.culvert.harness.server.Watcher;
import dev.culvert.topologies.Place;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * Waits until the servers are quiet: until the packet counters of all links have not changed for a while, on all servers at the same time.
 * Then what was sent has arrived, or will not.
 */
public final class Quiescence {

    // The kernel's shortest timers take up to three of its ticks of 4 ms (igmp_ifc_start_timer in net/ipv4/igmp.c):
    // shorter than this, the second
    // of two reports comes when its stimulus is over.
    private static final Duration PAUSE = Duration.ofMillis(15);
    // Of 1194 pairs of such reports one in twenty was more than 15 ms apart, the widest 29 ms: a host holds an emulated
    // processor back, and not always the one that waits with it.
    private static final Duration PAUSE_OF_TIMERS = Duration.ofMillis(40);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Watcher watcher;
    private final Collection<Place> places;

    public Quiescence(Watcher watcher, Collection<Place> places) {
        this.watcher = watcher;
        this.places = places;
    }

    /** Waits; fails after ten seconds of traffic. */
    public void await() {
        rest(false, PAUSE);
    }

    /** Waits as {@link #await} does, for as long as a timer of the kernel may keep back what belongs to the stimulus. */
    void awaitTimers() {
        rest(false, PAUSE_OF_TIMERS);
    }

    /** Waits as {@link #await} does, then reads all counters. */
    public Map<Place, Counters> counters() {
        return rest(true, PAUSE);
    }

    /** Waits as {@link #awaitTimers} does, then reads all counters. */
    Map<Place, Counters> countersAfterTimers() {
        return rest(true, PAUSE_OF_TIMERS);
    }

    private Map<Place, Counters> rest(boolean counters, Duration pause) {
        return watcher.rest(places, pause, PATIENCE, counters);
    }
}
