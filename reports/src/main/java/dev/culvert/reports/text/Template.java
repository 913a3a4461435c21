package dev.culvert.reports.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page kept as a resource, with holes written <code>{{name}}</code>. A value that is {@link Markup} goes in as it is, any other is
 * escaped.
 */
public final class Template {

    private static final Pattern HOLE = Pattern.compile("\\{\\{([a-z-]+)}}");

    private final String name;
    private final String text;

    private Template(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** Reads the resource of that name beside a class. */
    public static Template beside(Class<?> type, String name) {
        try (InputStream in = type.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource \"" + name + "\" is not beside " + type.getName());
            }
            return new Template(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills every hole; throws {@link IllegalArgumentException} when one has no value. */
    public Markup fill(Map<String, ?> values) {
        String filled = HOLE.matcher(text).replaceAll(hole -> {
            Object value = values.get(hole.group(1));
            if (value == null) {
                throw new IllegalArgumentException(name + ": nothing is given for {{" + hole.group(1) + "}}");
            }
            return Matcher.quoteReplacement(Markup.of(value).toString());
        });
        return Markup.trusted(filled);
    }
}
