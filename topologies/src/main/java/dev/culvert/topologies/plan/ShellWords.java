package dev.culvert.topologies.plan;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An argument list as a POSIX shell reads it (IEEE 1003.1, Shell Command Language, 2.2 Quoting). */
public final class ShellWords {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellWords() {}

    /** One command line that has exactly these arguments. */
    public static String line(List<String> argv) {
        return argv.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }

    /** The same, broken by backslashes before a column where a word allows it; further lines are indented by four more. */
    public static String lines(List<String> argv, String indent, int columns) {
        return lines(argv, ShellWords::quote, indent, columns);
    }

    /** The same with words that are written in another way. */
    static String lines(List<String> argv, UnaryOperator<String> written, String indent, int columns) {
        StringBuilder lines = new StringBuilder(indent);
        int column = indent.length();
        boolean first = true;
        for (String arg : argv) {
            String word = written.apply(arg);
            if (!first && column + 1 + word.length() + 2 > columns) {
                lines.append(" \\\n").append(indent).append("    ");
                column = indent.length() + 4;
                first = true;
            }
            lines.append(first ? "" : " ").append(word);
            column += (first ? 0 : 1) + word.length();
            first = false;
        }
        return lines.toString();
    }

    /** One argument; bare where the shell takes it as it is, or else in single quotes, in which nothing is special. */
    public static String quote(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
