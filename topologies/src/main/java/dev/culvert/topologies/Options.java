package dev.culvert.topologies;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of a tunnel device: those that the topology gives, and the kind's defaults for the rest. */
public final class Options {

    private final List<Option> known;
    private final Map<String, String> given;

    private Options(List<Option> known, Map<String, String> given) {
        this.known = List.copyOf(known);
        this.given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    /** Options of a kind; throws {@link IllegalArgumentException} for a name that the kind does not know. */
    public static Options of(Kind kind, Map<String, String> given) {
        given.keySet().forEach(name -> {
            if (kind.option(name).isEmpty()) {
                throw new IllegalArgumentException(kind.name() + " has no option \"" + name + "\"");
            }
        });
        return new Options(kind.options(), given);
    }

    /** The defaults of a kind. */
    public static Options none(Kind kind) {
        return of(kind, Map.of());
    }

    /** All that the kind knows, in the order in which commands show them. */
    public List<Option> known() {
        return known;
    }

    /** Only what the topology gives, by option name. */
    public Map<String, String> given() {
        return given;
    }

    /** What is in force, by option name: {@code ttl} is {@code inherit}, {@code pmtudisc} is {@code true}. */
    public Map<String, String> asWords() {
        Map<String, String> values = new LinkedHashMap<>();
        for (Option option : known) {
            String value = given.getOrDefault(option.name(), option.defaultValue());
            if (value != null) {
                values.put(option.name(), value);
            }
        }
        return values;
    }

    /** The words by which {@code ip link} is told what the topology gives, and nothing else. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        for (Option option : known) {
            String value = given.get(option.name());
            if (value != null) {
                words.addAll(option.words(value));
            }
        }
        return words;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options options && known.equals(options.known) && given.equals(options.given);
    }

    @Override
    public int hashCode() {
        return 31 * known.hashCode() + given.hashCode();
    }

    @Override
    public String toString() {
        return String.join(" ", words());
    }
}
