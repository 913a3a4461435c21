package dev.culvert.harness.lab;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * How long something is waited for, and how often it is looked at.
 *
 * @param limit after which waiting makes no sense
 * @param pause between one look and the next
 */
record Patience(Duration limit, Duration pause) {

    /**
     * Looks until it is so, in the thread that asks; what looking throws, and an interrupt, ends it.
     *
     * @return whether it became so within the limit
     */
    boolean until(Callable<Boolean> condition) throws InterruptedException {
        try {
            // Awaitility would take what any other thread dies of for its own.
            Awaitility.await()
                    .dontCatchUncaughtExceptions()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(pause)
                    .atMost(limit)
                    .until(() -> uninterrupted() && condition.call());
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** Awaitility's own pauses go on when they are interrupted, and leave the thread so. */
    private static boolean uninterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return true;
    }
}
