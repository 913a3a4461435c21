package dev.culvert.topologies.file;

import java.util.List;
import java.util.Map;

/** A YAML document as a tree in which everything knows where it stands. */
sealed interface Node {

    Spot spot();

    /** What it is, for people. */
    String what();

    /**
     * Keys with their values in the order of the file.
     *
     * @param keys where each key itself stands
     */
    record Mapping(Spot spot, Map<String, Node> entries, Map<String, Spot> keys) implements Node {
        @Override
        public String what() {
            return "a mapping";
        }
    }

    record Sequence(Spot spot, List<Node> items) implements Node {
        @Override
        public String what() {
            return "a list";
        }
    }

    /**
     * A single value.
     *
     * @param value a {@link String}, {@link Long}, {@link Boolean}, or the empty string for nothing at all
     * @param text as it stands in the file
     */
    record Scalar(Spot spot, Object value, String text) implements Node {
        @Override
        public String what() {
            return text.isEmpty() ? "nothing" : "\"" + text + "\"";
        }
    }
}
