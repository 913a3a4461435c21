package dev.culvert.conformance;

import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a requirement compares and makes the verdict of it. The worst comparison wins, and a requirement that
 * compared nothing is BROKEN: it cannot be said to hold.
 */
public final class Judge {

    private final List<Finding> findings = new ArrayList<>();
    private int checks;

    /** Compares a fact that is not in a packet. */
    public void equal(String what, Object expected, @Nullable Object actual) {
        compare(what, expected, actual, null);
    }

    /** Compares a fact that a packet shows; the bytes from {@code offset} are marked in the report. */
    public void equal(String what, Object expected, @Nullable Object actual, Seen seen, int offset, int length) {
        compare(what, expected, actual, excerpt(seen, offset, length));
    }

    /** Compares a header field of a captured packet; the field's bytes are marked in the report. */
    public void field(Seen seen, Header header, Field field, long expected) {
        var range = field.in(header);
        Dissection dissection = seen.dissect();
        equal(
                dissection.name(header, field),
                field.text(expected),
                field.text(header),
                seen,
                range.offset(),
                range.length());
    }

    /**
     * Compares a header field with what the RFC demands and with what Linux is known to do instead; see
     * {@link #known(String, Object, Object, Object, String)}.
     */
    public void knownField(Seen seen, Header header, Field field, long rfc, long linux, String source) {
        var range = field.in(header);
        known(
                seen.dissect().name(header, field),
                field.text(rfc),
                field.text(linux),
                field.text(header),
                source,
                seen,
                range.offset(),
                range.length());
    }

    /**
     * Compares with what the RFC demands, and with what Linux is known to do instead. {@code source} cites where that is
     * documented: a kernel file and function, or a manual page.
     */
    public void known(String what, Object rfc, Object linux, @Nullable Object actual, String source) {
        compareKnown(what, rfc, linux, actual, source, null);
    }

    /** As {@link #known(String, Object, Object, Object, String)}, with the packet that shows it. */
    public void known(
            String what,
            Object rfc,
            Object linux,
            @Nullable Object actual,
            String source,
            Seen seen,
            int offset,
            int length) {
        compareKnown(what, rfc, linux, actual, source, excerpt(seen, offset, length));
    }

    /** Checks a fact that has no single expected value; {@code actual} says what was found instead. */
    public void holds(String what, String expected, boolean holds, String actual) {
        checks++;
        if (!holds) {
            findings.add(new Finding(Outcome.FAIL, what, expected, actual, null, null));
        }
    }

    /** Requires that capture and path were seen working before an absence is believed; otherwise the verdict is BROKEN. */
    public void control(String what, boolean seen) {
        if (!seen) {
            throw new NotObserved("the positive control failed: " + what);
        }
    }

    /** The verdict over all comparisons so far. */
    Verdict verdict() {
        if (checks == 0) {
            return new Verdict(
                    Outcome.BROKEN,
                    "the evidence holds nothing that this requirement could be judged by",
                    0,
                    List.of());
        }
        Outcome worst = findings.stream().map(Finding::outcome).reduce(Outcome.PASS, Outcome::worse);
        String because = findings.stream()
                .filter(f -> f.outcome() == worst)
                .findFirst()
                .map(Finding::line)
                .orElse(checks + (checks == 1 ? " comparison holds" : " comparisons hold"));
        return new Verdict(worst, because, checks, findings);
    }

    private void compare(String what, Object expected, @Nullable Object actual, Finding.@Nullable Excerpt excerpt) {
        checks++;
        if (!Objects.equals(expected, actual)) {
            findings.add(
                    new Finding(Outcome.FAIL, what, String.valueOf(expected), String.valueOf(actual), null, excerpt));
        }
    }

    private void compareKnown(
            String what,
            Object rfc,
            Object linux,
            @Nullable Object actual,
            String source,
            Finding.@Nullable Excerpt excerpt) {
        checks++;
        if (Objects.equals(rfc, actual)) {
            return;
        }
        boolean known = Objects.equals(linux, actual);
        findings.add(new Finding(
                known ? Outcome.DEVIATES : Outcome.FAIL,
                what,
                known ? String.valueOf(rfc) : rfc + " (or " + linux + ", as Linux is known to do)",
                String.valueOf(actual),
                source,
                excerpt));
    }

    private static Finding.Excerpt excerpt(Seen seen, int offset, int length) {
        return new Finding.Excerpt(
                seen.at(),
                seen.packet().index(),
                seen.packet().linkType(),
                seen.packet().bytes(),
                offset,
                length);
    }
}
