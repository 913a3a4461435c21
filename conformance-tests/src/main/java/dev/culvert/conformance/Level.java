package dev.culvert.conformance;

/** How strongly the source demands something; the words of RFC 2119, and {@code LINUX} for documented kernel behaviour. */
public enum Level {
    MUST("MUST"),
    MUST_NOT("MUST NOT"),
    SHOULD("SHOULD"),
    SHOULD_NOT("SHOULD NOT"),
    MAY("MAY"),
    LINUX("LINUX");

    private final String words;

    Level(String words) {
        this.words = words;
    }

    /** The level as the RFCs write it. */
    public String words() {
        return words;
    }
}
