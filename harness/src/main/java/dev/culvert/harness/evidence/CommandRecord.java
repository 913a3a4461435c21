package dev.culvert.harness.evidence;

import dev.culvert.topologies.Place;
import java.util.List;

/**
 * One command as it ran on a server: {@code exit} is its status, 128 + n when signal n ended it; {@code durationNanos} is the time
 * on the server.
 */
public record CommandRecord(
        Place place,
        List<String> argv,
        int exit,
        boolean timedOut,
        String stdout,
        String stderr,
        long atNanos,
        long durationNanos) {

    public CommandRecord {
        argv = List.copyOf(argv);
    }
}
