package dev.culvert.harness.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.culvert.topologies.Place;
import java.time.Duration;
import java.util.List;

/**
 * A command for a place: an argument vector that is executed as it is, without a shell, so that no argument can become a command.
 *
 * @param input what it finds on its standard input, at most 100 kB
 * @param timeout after this its process group is killed
 */
public record Command(Place place, List<String> argv, String input, Duration timeout) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

    public Command {
        argv = List.copyOf(argv);
        if (argv.isEmpty() || argv.get(0).isEmpty()) {
            throw new IllegalArgumentException("a command for place " + place.id() + " names no program: " + argv);
        }
    }

    /** A command without input that has 20 seconds. */
    public static Command at(Place place, List<String> argv) {
        return new Command(place, argv, "", DEFAULT_TIMEOUT);
    }

    /** A command without input that has 20 seconds. */
    public static Command at(Place place, String... argv) {
        return at(place, List.of(argv));
    }

    public Command withTimeout(Duration limit) {
        return new Command(place, argv, input, limit);
    }

    public Command withInput(String text) {
        return new Command(place, argv, text, timeout);
    }

    byte[] inputBytes() {
        return input.getBytes(UTF_8);
    }

    /** The command as people read it: {@code a: ip link show}. */
    @Override
    public String toString() {
        return place.id() + ": " + String.join(" ", argv);
    }
}
