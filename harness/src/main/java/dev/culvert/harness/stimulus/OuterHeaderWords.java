package dev.culvert.harness.stimulus;

import java.util.List;
import java.util.stream.Stream;

/** The words by which A's tunnel device is told what it is to write into the outer header. */
final class OuterHeaderWords {

    private OuterHeaderWords() {}

    /** Some words, and that DF is always set. */
    static String[] alwaysDf(Stage stage, String... words) {
        return with(stage.topology().kind().alwaysDf(), words);
    }

    /** Some words, and that DF is taken from the inner packet. */
    static String[] inheritedDf(Stage stage, String... words) {
        return with(stage.topology().kind().inheritedDf(), words);
    }

    private static String[] with(List<String> df, String... words) {
        return Stream.concat(Stream.of(words), df.stream()).toArray(String[]::new);
    }
}
