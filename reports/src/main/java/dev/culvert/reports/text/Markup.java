package dev.culvert.reports.text;

import java.util.Collection;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * Text that is already HTML, XML or SVG. Whatever else is put into markup is escaped first, so that a device name or a kernel
 * message can never become part of a page's structure.
 */
public final class Markup {

    /** No markup at all. */
    public static final Markup NONE = new Markup("");

    private final String text;

    private Markup(String text) {
        this.text = text;
    }

    /** Trusts a text to be markup. Only for literals and for what another renderer of this module wrote. */
    public static Markup trusted(String markup) {
        return new Markup(markup);
    }

    /** Makes any text safe as element content or as an attribute value in double quotes. */
    public static Markup escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(safe, c));
        return new Markup(safe.toString());
    }

    /** Fills each {@code {}} of a literal pattern with the next value: markup as it is, anything else escaped. */
    public static Markup format(String pattern, Object... values) {
        StringBuilder filled = new StringBuilder(pattern.length() + 32 * values.length);
        int from = 0;
        for (Object value : values) {
            int hole = pattern.indexOf("{}", from);
            if (hole < 0) {
                throw new IllegalArgumentException(values.length + " values for \"" + pattern + "\"");
            }
            filled.append(pattern, from, hole).append(of(value));
            from = hole + 2;
        }
        if (pattern.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("only " + values.length + " values for \"" + pattern + "\"");
        }
        return new Markup(filled.append(pattern, from, pattern.length()).toString());
    }

    /** Markup as it is; anything else as escaped text. */
    public static Markup of(Object value) {
        return value instanceof Markup markup ? markup : escape(String.valueOf(value));
    }

    /** Joins pieces without anything between them. */
    public static Markup join(Collection<Markup> pieces) {
        return pieces.stream().collect(joining());
    }

    /** Joins a stream of pieces without anything between them. */
    public static Collector<Markup, ?, Markup> joining() {
        return Collectors.collectingAndThen(Collectors.mapping(Markup::toString, Collectors.joining()), Markup::new);
    }

    /** The same text with what XML 1.0 forbids (section 2.2, control characters and lone surrogates) replaced by U+FFFD. */
    public static String xmlText(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().map(c -> legalInXml(c) ? c : 0xFFFD).forEach(legal::appendCodePoint);
        return legal.toString();
    }

    /** The markup itself. */
    @Override
    public String toString() {
        return text;
    }

    private static void append(StringBuilder safe, int c) {
        switch (c) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            default -> safe.appendCodePoint(legalInXml(c) ? c : 0xFFFD);
        }
    }

    private static boolean legalInXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
