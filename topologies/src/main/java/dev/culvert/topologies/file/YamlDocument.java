package dev.culvert.topologies.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML into a tree of {@link Node}s. Refused beyond what YAML itself refuses: duplicate keys, anchors and aliases (a few lines
 * of them expand without end), a second document, and nesting deeper than any topology needs.
 */
final class YamlDocument {

    static final int MAX_DEPTH = 20;

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final YAMLParser parser;
    private final Problems problems;

    private YamlDocument(YAMLParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /** Reads a text that must be one mapping; null, with problems added, when it is not. */
    static Node.@Nullable Mapping parse(String text, Problems problems) {
        try (YAMLParser parser = YAML.createParser(text)) {
            return new YamlDocument(parser, problems).document();
        } catch (JsonProcessingException e) {
            problems.add(spot(e.getLocation(), ""), null, "is not YAML that can be read: " + reason(e));
        } catch (IOException e) {
            problems.add("cannot be read: " + e.getMessage());
        }
        return null;
    }

    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (message.contains("nesting depth")) {
            return "it is nested deeper than " + MAX_DEPTH + " levels";
        }
        String first = message.lines().findFirst().orElse("").strip();
        return first.replaceFirst(", got this instead: .*", "");
    }

    private Node.@Nullable Mapping document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            problems.add("is empty; a topology has at least name, underlay and tunnel");
            return null;
        }
        Node root = node("");
        if (parser.nextToken() != null) {
            problems.add(here(""), null, "starts a second document; a file holds one topology");
        }
        if (root instanceof Node.Mapping mapping) {
            return mapping;
        }
        problems.add(
                root.spot(), null, "is " + root.what() + " where a mapping with name, underlay and tunnel must be");
        return null;
    }

    private Node node(String path) throws IOException {
        Spot spot = here(path);
        refuseAnchors(spot);
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(spot);
            case START_ARRAY -> sequence(spot);
            case VALUE_NUMBER_INT -> new Node.Scalar(spot, integer(), parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Node.Scalar(spot, parser.getBooleanValue(), parser.getText());
            case VALUE_NULL -> new Node.Scalar(spot, "", "");
            default -> new Node.Scalar(spot, parser.getText(), parser.getText());
        };
    }

    /** A number beyond 64 bits stays text: no value of a topology is as large. */
    private Object integer() throws IOException {
        BigInteger value = parser.getBigIntegerValue();
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : parser.getText();
    }

    private Node.Mapping mapping(Spot spot) throws IOException {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Spot> keys = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String path = spot.path().isEmpty() ? key : spot.path() + "." + key;
            Spot keySpot = here(path);
            refuseAnchors(keySpot);
            parser.nextToken();
            entries.putIfAbsent(key, node(path));
            Spot earlier = keys.putIfAbsent(key, keySpot);
            if (earlier != null) {
                problems.add(
                        keySpot, key, "is a key that stands in line " + earlier.line() + " already; keep one of them");
            }
        }
        return new Node.Mapping(spot, entries, keys);
    }

    private Node.Sequence sequence(Spot spot) throws IOException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(spot.path() + "[" + items.size() + "]"));
        }
        return new Node.Sequence(spot, items);
    }

    private void refuseAnchors(Spot spot) throws IOException {
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            problems.add(spot, null, "uses a YAML anchor or alias; write the value out");
        }
    }

    private Spot here(String path) {
        return spot(parser.currentTokenLocation(), path);
    }

    private static Spot spot(@Nullable JsonLocation location, String path) {
        return location == null ? new Spot(0, 0, path) : new Spot(location.getLineNr(), location.getColumnNr(), path);
    }
}
