package dev.culvert.reports.matrix;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where requirements come from, as the matrix groups them.
 *
 * @param source the document, {@code RFC 2003}, or {@code Linux} for what only the kernel's own sources say
 * @param title the part of it, {@code section 3.1, the fields of the outer header}
 */
record Section(String source, String title) {

    private static final String KERNEL = "Linux";
    private static final Pattern DOCUMENT = Pattern.compile("(RFC \\d{1,6}|draft-[a-z0-9-]+|" + KERNEL + "),? (.+)");

    /** Reads what a conformance class calls its section. */
    static Section of(String section) {
        Matcher matcher = DOCUMENT.matcher(section);
        return matcher.matches() ? new Section(matcher.group(1), matcher.group(2)) : new Section(KERNEL, section);
    }

    /** What the groups are ordered by: RFCs by their numbers, then drafts, the kernel last. */
    String order() {
        if (source.startsWith("RFC ")) {
            return String.format(Locale.ROOT, "0%06d", Integer.parseInt(source.substring(4)));
        }
        return source.equals(KERNEL) ? "2" : "1" + source;
    }
}
