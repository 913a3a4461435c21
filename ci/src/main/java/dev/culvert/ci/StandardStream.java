package dev.culvert.ci;

/** A standard stream, which is a terminal or not. Java cannot tell for each of them, so the launcher does: it lists their numbers. */
enum StandardStream {
    INPUT("0"),
    OUTPUT("1"),
    ERROR("2");

    private final String descriptor;

    StandardStream(String descriptor) {
        this.descriptor = descriptor;
    }

    boolean isTerminal() {
        return System.getProperty("culvert.terminals", "").contains(descriptor);
    }
}
