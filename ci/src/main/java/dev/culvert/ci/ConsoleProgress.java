package dev.culvert.ci;

import dev.culvert.harness.evidence.Completion;
import dev.culvert.harness.run.ObservationListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine;

/**
 * Shows on standard error how an observation goes on: one line that is written over on a terminal, one line for each topology
 * and each preparation elsewhere.
 */
final class ConsoleProgress implements ObservationListener, AutoCloseable {

    private static final String ERASE_LINE = "\r\u001b[K";
    private static final int WIDTH = 100;

    private final PrintWriter out;
    private final boolean terminal;
    private final Instant started = Instant.now();

    private ConsoleProgress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Progress for a command; colours and overwriting only on a terminal. */
    static ConsoleProgress on(CommandLine line) {
        return new ConsoleProgress(line.getErr(), StandardStream.ERROR.isTerminal());
    }

    @Override
    public void preparing(String what) {
        if (terminal) {
            over(what);
        } else {
            line(what);
        }
    }

    @Override
    public void step(String topology, String what, int step, int steps) {
        if (terminal) {
            over(String.format(Locale.ROOT, "%s  %3d%%  %s", topology, 100 * step / steps, what));
        }
    }

    @Override
    public void observed(String topology, Completion completion) {
        line(topology + ": " + words(completion));
    }

    private static String words(Completion completion) {
        if (completion instanceof Completion.Lacking lacking) {
            return "this kernel lacks " + lacking.what();
        }
        return completion instanceof Completion.Lost lost ? "lost: " + lost.why() : "observed";
    }

    private void over(String text) {
        String whole = elapsed() + text;
        out.print(ERASE_LINE + whole.substring(0, Math.min(WIDTH, whole.length())));
        out.flush();
    }

    private void line(String text) {
        out.println((terminal ? ERASE_LINE : "") + elapsed() + text);
        out.flush();
    }

    private String elapsed() {
        return String.format(
                Locale.ROOT,
                "%6.1f s  ",
                Duration.between(started, Instant.now()).toMillis() / 1000.0);
    }

    /** Leaves the terminal's line empty. */
    @Override
    public void close() {
        if (terminal) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }
}
