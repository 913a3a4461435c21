package dev.culvert.conformance;

import dev.culvert.harness.evidence.CommandRecord;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route exception that keeps a learnt path MTU, as {@code ip route get} shows it: {@code cache expires 599sec mtu lock 552}.
 *
 * @param locked whether packets on this path leave without DF
 */
record PmtuException(int mtu, boolean locked) {

    private static final Pattern SHOWN = Pattern.compile("\\bexpires \\d+sec .*?\\bmtu (lock )?(\\d+)");

    /** Reads the answer of {@code ip route get}; empty where the route has no exception. */
    static Optional<PmtuException> of(CommandRecord answer) {
        Matcher shown = SHOWN.matcher(answer.stdout());
        return shown.find()
                ? Optional.of(new PmtuException(Integer.parseInt(shown.group(2)), shown.group(1) != null))
                : Optional.empty();
    }

    /** As {@code ip route get} writes it. */
    @Override
    public String toString() {
        return "mtu " + (locked ? "lock " : "") + mtu;
    }

    /** What is expected or was found, for people: no exception is something, too. */
    static String show(Optional<PmtuException> exception) {
        return exception.map(PmtuException::toString).orElse("no route exception");
    }
}
