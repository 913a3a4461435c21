package dev.culvert.harness.stimulus;

/** What shows, beside packets of which nothing is heard, that something would have been heard. */
public final class PositiveControl {

    /** Label of the packet that is as A's device would have made it, among others that A composed with something changed. */
    public static final String AS_IT_SHOULD_BE = "as-it-should-be";

    private PositiveControl() {}
}
