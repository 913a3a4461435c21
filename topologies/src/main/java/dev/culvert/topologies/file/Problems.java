package dev.culvert.topologies.file;

import dev.culvert.topologies.Problem;
import dev.culvert.topologies.TopologyException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one file, so that everything is said at once. */
final class Problems {

    /** A value longer than this is shown by its beginning. */
    private static final int SHOWN = 80;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();

    Problems(String file) {
        this.file = file;
    }

    /** Something about a value that stands in the file, or null when it is about what should stand there. */
    void add(Spot spot, @Nullable String value, String message) {
        problems.add(new Problem(file, spot.line(), spot.column(), spot.path(), shown(value), message));
        paths.add(spot.path());
    }

    /** The same, unless it has been said of that spot: what A and B have from one line is not wrong twice. */
    void addOnce(Spot spot, @Nullable String value, String message) {
        boolean said = problems.stream()
                .anyMatch(p -> p.line() == spot.line()
                        && p.column() == spot.column()
                        && p.path().equals(spot.path())
                        && p.message().equals(message));
        if (!said) {
            add(spot, value, message);
        }
    }

    /** Something about the whole file. */
    void add(String message) {
        problems.add(new Problem(file, 0, 0, "", null, message));
    }

    /** The paths at which something is wrong so far. */
    Set<String> paths() {
        return Set.copyOf(paths);
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw exception();
        }
    }

    /** All of them, in the order of the file. */
    TopologyException exception() {
        return new TopologyException(problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList());
    }

    /** A value on one line, control characters made visible, not longer than a line. */
    private static @Nullable String shown(@Nullable String value) {
        if (value == null) {
            return null;
        }
        StringBuilder shown = new StringBuilder();
        value.codePoints().limit(SHOWN).forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return value.codePointCount(0, value.length()) > SHOWN ? shown + "…" : shown.toString();
    }
}
