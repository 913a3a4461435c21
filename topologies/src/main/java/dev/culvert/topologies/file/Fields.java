package dev.culvert.topologies.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys of one mapping, taken one by one; what nobody took is unknown. Nothing here throws: problems are collected. */
final class Fields {

    private final Spot spot;
    private final Map<String, Node> entries;
    private final Map<String, Spot> keys;
    private final Problems problems;
    private final Set<String> known = new TreeSet<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    private Fields(Node.Mapping mapping, Problems problems) {
        this.spot = mapping.spot();
        this.entries = mapping.entries();
        this.keys = mapping.keys();
        this.problems = problems;
    }

    static Fields of(Node.Mapping mapping, Problems problems) {
        return new Fields(mapping, problems);
    }

    /** A value of a shape, or null when it is not there or, with a problem added, is no such value. */
    <T> @Nullable Given<T> value(String key, Shape<T> shape) {
        Node node = take(key);
        return node == null ? null : read(node, shape);
    }

    /** A value that must be there; null when it is not, which {@link #end()} makes a problem. */
    <T> @Nullable Given<T> required(String key, Shape<T> shape) {
        if (!entries.containsKey(key)) {
            missing.put(key, "must be given: " + shape.allowed());
        }
        return value(key, shape);
    }

    /** The values of a list; empty when it is not there. */
    <T> List<Given<T>> values(String key, Shape<T> shape) {
        List<Given<T>> values = new ArrayList<>();
        for (Node item : items(key, "each " + shape.allowed())) {
            Given<T> value = read(item, shape);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** The mappings of a list; empty when it is not there. */
    List<Fields> list(String key) {
        List<Fields> list = new ArrayList<>();
        for (Node item : items(key, "each a mapping")) {
            if (item instanceof Node.Mapping mapping) {
                list.add(of(mapping, problems));
            } else {
                problems.add(item.spot(), null, "is " + item.what() + ", not a mapping");
            }
        }
        return list;
    }

    /** The mapping under a key, empty when it is not there; {@link #isGiven()} tells. */
    Fields mapping(String key) {
        Node node = take(key);
        if (node instanceof Node.Mapping mapping) {
            return of(mapping, problems);
        }
        if (node != null) {
            problems.add(node.spot(), null, "is " + node.what() + ", not a mapping");
        }
        Spot nowhere = new Spot(spot.line(), spot.column(), path(key));
        return new Fields(new Node.Mapping(nowhere, Map.of(), Map.of()), problems);
    }

    /** Whether a single value stands under a key. */
    boolean isScalar(String key) {
        return entries.get(key) instanceof Node.Scalar;
    }

    boolean isGiven() {
        return !entries.isEmpty();
    }

    /** The keys that nobody took yet. */
    List<String> remaining() {
        return entries.keySet().stream().filter(key -> !known.contains(key)).toList();
    }

    Spot spot() {
        return spot;
    }

    /** Ends the reading: every key that was not asked for is a problem, and every key that had to be there and is not. */
    void end() {
        for (String key : remaining()) {
            Optional<String> meant = Suggestion.of(key, known);
            meant.ifPresent(missing::remove);
            String hint = meant.map(s -> "; did you mean " + s + "?").orElse(";");
            String owner = spot.path().isEmpty() ? "a topology" : spot.path();
            problems.add(
                    Objects.requireNonNull(keys.get(key)),
                    key,
                    "is no key of " + owner + hint + " known: " + String.join(", ", known));
        }
        missing.forEach((key, message) -> problems.add(new Spot(spot.line(), spot.column(), path(key)), null, message));
    }

    private <T> @Nullable Given<T> read(Node node, Shape<T> shape) {
        if (!(node instanceof Node.Scalar scalar)) {
            problems.add(node.spot(), null, "is " + node.what() + ", not " + shape.allowed());
            return null;
        }
        T value = shape.read().apply(scalar.value()).orElse(null);
        if (value == null) {
            problems.add(node.spot(), scalar.text(), "is not " + shape.allowed());
            return null;
        }
        return new Given<>(value, node.spot());
    }

    private List<Node> items(String key, String of) {
        Node node = take(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        problems.add(node.spot(), null, "is " + node.what() + ", not a list, " + of);
        return List.of();
    }

    private @Nullable Node take(String key) {
        known.add(key);
        return entries.get(key);
    }

    private String path(String key) {
        return spot.path().isEmpty() ? key : spot.path() + "." + key;
    }
}
