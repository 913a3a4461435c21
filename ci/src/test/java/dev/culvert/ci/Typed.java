package dev.culvert.ci;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** A command line as somebody typed it, run within this JVM: its exit code and what it printed. */
record Typed(int exit, String out, String err) {

    static Typed culvert(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Culvert.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        int exit = line.execute(arguments);
        return new Typed(exit, out.toString(), err.toString());
    }
}
